package io.chittychat.session;

import io.chittychat.v1.Event;
import java.io.IOException;

/**
 * Hears what a {@link ChatSession} receives. All methods are called on the session's thread, one at a time and in
 * order; while one runs nothing more is received, so a slow listener slows only its own participant. Text is foreign
 * and untouched: make it harmless where it is shown.
 */
public interface ChatListener {

    /**
     * An event was received: each once, in the order of Lamport time.
     *
     * @param clock the participant's own Lamport time after receiving it
     */
    default void received(Event event, long clock) {}

    /**
     * Everything up to a Lamport time was received.
     *
     * @param clock the participant's own Lamport time after receiving this
     */
    default void caughtUp(long lamportTime, long clock) {}

    /** The connection changed. */
    default void stateChanged(ConnectionState state) {}

    /**
     * Events were lost for this reader: some between the two Lamport times, both exclusive.
     *
     * @param after the newest event received before
     * @param before where the log goes on for this reader
     */
    default void missed(long after, long before) {}

    /**
     * The service no longer knew the session, and one has joined again under the same name. What happened since the newest
     * event that was received before is received next, one's own left and joined events included.
     *
     * @param joined the new session
     * @param after everything up to here was received before; 0 if the log is a new one, of which only what follows is received
     */
    default void rejoined(Joined joined, long after) {}

    /** The participant's log file can no longer be written; the chat goes on without it. */
    default void logFailed(IOException failure) {}

    /** The session has ended; one may join again. */
    default void ended(SessionEnd end) {}
}
