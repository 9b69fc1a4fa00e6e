package io.chittychat.server.timeline;

/**
 * Somebody who receives the log: the far end of a {@link Subscription}.
 *
 * <p>Threading: called by one thread, the one that it was subscribed with; no method may block.
 */
public interface Reader {

    /** Why a subscription ends. */
    enum End {
        /** The session left. */
        LEFT,
        /** A newer subscription took the session over. */
        SUPERSEDED,
        /** The reader made no progress for too long while behind. */
        SLOW_READER,
        /** What the reader would need next is not held any more. */
        RESUME_POINT_GONE,
        /** What the reader would need next cannot be read for now. */
        UNREADABLE,
        /** The service is about to stop. */
        SHUTTING_DOWN
    }

    /** Whether the reader can take something now. When that becomes true again it says so: {@link Subscription#ready}. */
    boolean isReady();

    /** Takes the next events. */
    void send(Slice slice);

    /**
     * Everything there was has been sent. Called once.
     *
     * @param lamportTime a safe cursor
     */
    void caughtUp(long lamportTime);

    /** The last call: nothing more comes. */
    void end(End why);
}
