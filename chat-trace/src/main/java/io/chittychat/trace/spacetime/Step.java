package io.chittychat.trace.spacetime;

import io.chittychat.trace.log.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * A step of one process: a point of its lifeline.
 *
 * @param id its index among all steps
 * @param lifeline the index of its lifeline
 * @param time Lamport time after the step: the event's own for the service, the participant's clock for a participant
 * @param kind its kind
 * @param rpc the method, such as {@code Publish}; empty if no call belongs to it
 * @param text the message, the sentence of a join or a leave, or the reason of a refusal or an end; not safe for display
 * @param recordedAt wall clock of the process, if it has a record; informative only
 * @param source its own record, if there is one
 * @param origin who caused it, as far as the logs tell
 */
public record Step(
        int id,
        int lifeline,
        long time,
        Kind kind,
        String rpc,
        String text,
        Optional<Instant> recordedAt,
        Optional<Place> source,
        Origin origin) {

    /** A step of which the logs tell no more. */
    public Step(
            int id,
            int lifeline,
            long time,
            Kind kind,
            String rpc,
            String text,
            Optional<Instant> recordedAt,
            Optional<Place> source) {
        this(id, lifeline, time, kind, rpc, text, recordedAt, source, Origin.NONE);
    }

    /**
     * Where a step comes from, although what led to it may not be drawn.
     *
     * @param author the participant that an event or its copy is about; empty for other steps; not safe for display
     * @param sent the author's clock when it sent the request that led to the event; 0 if there was no request
     * @param sequence the number of the message in its session; 0 for none
     */
    public record Origin(String author, long sent, long sequence) {

        /** Nothing is known. */
        public static final Origin NONE = new Origin("", 0, 0);
    }

    /** The kind of a step. */
    public enum Kind {
        /** A participant sent a request. */
        REQUEST,
        /** A participant received the reply to a request. */
        REPLY,
        /** The service refused a request, with a reason of the contract; the participant's clock does not move. */
        REFUSAL,
        /** A request ended without a reply of the service, so it may have arrived; the clock does not move. */
        NO_ANSWER,
        /** A participant received an event. */
        RECEIPT,
        /** The service told a participant that it has received all events. */
        CAUGHT_UP,
        /** A participant's stream of events ended. */
        STREAM_END,
        /** A participant's log ends without a leave. */
        CRASH,
        /** The service ordered a join. */
        JOINED,
        /** The service ordered a message. */
        PUBLISHED,
        /** The service ordered a leave, or the end of a session. */
        LEFT,
        /** The service accepted a Broadcast: a step of its clock that is no event. */
        ATTACHED
    }
}
