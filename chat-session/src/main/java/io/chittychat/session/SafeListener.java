package io.chittychat.session;

import io.chittychat.v1.Event;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Logs what a listener throws, so that it cannot break the session. */
final class SafeListener implements ChatListener {

    private static final Logger LOGGER = System.getLogger(ChatSession.class.getName());

    private final ChatListener listener;

    SafeListener(ChatListener listener) {
        this.listener = listener;
    }

    @Override
    public void received(Event event, long clock) {
        safely(() -> listener.received(event, clock));
    }

    @Override
    public void caughtUp(long lamportTime, long clock) {
        safely(() -> listener.caughtUp(lamportTime, clock));
    }

    @Override
    public void stateChanged(ConnectionState state) {
        safely(() -> listener.stateChanged(state));
    }

    @Override
    public void missed(long after, long before) {
        safely(() -> listener.missed(after, before));
    }

    @Override
    public void rejoined(Joined joined, long after) {
        safely(() -> listener.rejoined(joined, after));
    }

    @Override
    public void logFailed(IOException failure) {
        safely(() -> listener.logFailed(failure));
    }

    @Override
    public void ended(SessionEnd end) {
        safely(() -> listener.ended(end));
    }

    private static void safely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "A chat listener failed", e);
        }
    }
}
