package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.server.timeline.Slice;

/**
 * Takes the events of one Broadcast to its caller, in whatever protocol.
 *
 * <p>Threading: opened, or refused, by the thread that brings the call; then used by the thread of the call's connection, by
 * which it may be told that it ends while it is told the same by another. No method may block.
 */
public interface EventSink {

    /**
     * The call is taken, which is to be said of no call that is refused at once.
     *
     * @param onReady to be run when the caller can take something again
     * @param onGone to be run when the caller has gone away
     */
    void open(Runnable onReady, Runnable onGone);

    /** Whether the caller can take something now. */
    boolean isReady();

    /** Takes the next events. */
    void send(Slice slice);

    /** Everything there was has been sent. */
    void caughtUp(long lamportTime);

    /** Nothing more comes, as it should be. */
    void complete();

    /** Nothing more comes. */
    void fail(Status why);
}
