package io.chittychat.server.log;

/** A log that is open and never fails. What it does with commands is the test's. */
public interface OpenLog extends CommandLog {

    @Override
    default State state() {
        return State.OPEN;
    }

    @Override
    default void onFailure(Runnable listener) {}

    @Override
    default void close() {}
}
