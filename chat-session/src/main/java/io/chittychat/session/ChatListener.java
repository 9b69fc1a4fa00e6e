package io.chittychat.session;

import io.chittychat.v1.Event;
import java.io.IOException;

/**
 * Receives the events of a {@link ChatSession}. The session's thread calls all methods, one at a time and in order, and
 * receives nothing while a method runs, so a slow listener delays only its own participant. Text comes from other
 * participants, untouched: make it harmless before showing it.
 */
public interface ChatListener {

    /**
     * An event was received. Each event is received once, in the order of Lamport time.
     *
     * @param clock the participant's own Lamport time after receiving it
     */
    default void received(Event event, long clock) {}

    /**
     * Everything up to a Lamport time has been received.
     *
     * @param clock the participant's own Lamport time after receiving this
     */
    default void caughtUp(long lamportTime, long clock) {}

    /** The connection changed. */
    default void stateChanged(ConnectionState state) {}

    /**
     * Some events between two Lamport times, both exclusive, will not be received.
     *
     * @param after the newest event received before them
     * @param before the next event that will be received
     */
    default void missed(long after, long before) {}

    /**
     * The service no longer knew the session, and the session has joined again under the same name. It receives the events
     * since the newest one that it received before, including its own left and joined events.
     *
     * @param joined the new session
     * @param after everything up to this time was received before; 0 for a new log, which is received from the join on
     */
    default void rejoined(Joined joined, long after) {}

    /** Writing the participant's log file has failed. The chat continues without it. */
    default void logFailed(IOException failure) {}

    /** The session has ended. The participant may join again. */
    default void ended(SessionEnd end) {}
}
