package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.server.timeline.Slice;

/**
 * Sends the events of one Broadcast to its caller; each protocol implements it. It is ended once, by {@link #complete}
 * or by {@link #fail}.
 *
 * <p>Threading: the call's thread opens it, or fails it; the room thread fails it if the room refuses; otherwise only
 * the thread of the call's connection uses it. No method may block.
 */
public interface EventSink {

    /**
     * The call is accepted so far. Not called for a call that is refused at once.
     *
     * @param onReady run it when the caller can take more slices again
     * @param onGone run it when the caller has gone away
     */
    void open(Runnable onReady, Runnable onGone);

    /** Whether the caller can take more slices now. */
    boolean isReady();

    /** Sends the next events. */
    void send(Slice slice);

    /** Tells the caller that all events up to a Lamport time have been sent. */
    void caughtUp(long lamportTime);

    /** Tells the caller that the service lives, although there is nothing to send. */
    void heartbeat();

    /** Ends the call: the participant left. */
    void complete();

    /** Ends the call with an error. */
    void fail(Status why);
}
