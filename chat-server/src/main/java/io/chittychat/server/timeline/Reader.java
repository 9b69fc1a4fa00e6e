package io.chittychat.server.timeline;

/**
 * Receives the events of a {@link Subscription}.
 *
 * <p>Threading: only the thread that was given with the subscription calls it; no method may block.
 */
public interface Reader {

    /** Why a subscription ends. */
    enum End {
        /** The session left. */
        LEFT,
        /** A newer subscription of the session replaced this one. */
        SUPERSEDED,
        /** The reader was behind and made no progress for too long. */
        SLOW_READER,
        /** The next events for the reader have been removed. */
        RESUME_POINT_GONE,
        /** The next events for the reader cannot be read at the moment. */
        UNREADABLE,
        /** What the reader would need next is not what was recorded. */
        DAMAGED,
        /** The session is not attached here any more, because the other nodes gave this one up. */
        NODE_LOST,
        /** The service is about to stop. */
        SHUTTING_DOWN
    }

    /** Whether the reader can take events now. When it becomes ready again, it must call {@link Subscription#ready}. */
    boolean isReady();

    /** Takes the next events. They must be sent, or copied, before it returns: their memory is used again. */
    void send(Slice slice);

    /**
     * The reader has received all events up to a Lamport time. Called once.
     *
     * @param lamportTime a cursor from which the reader can resume
     */
    void caughtUp(long lamportTime);

    /** The subscription has ended. This is the last call. */
    void end(End why);
}
