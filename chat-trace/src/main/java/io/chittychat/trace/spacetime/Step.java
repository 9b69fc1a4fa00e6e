package io.chittychat.trace.spacetime;

import io.chittychat.trace.log.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened in one process: a point of its lifeline.
 *
 * @param id its place among all steps
 * @param lifeline whose it is, as a place in the list of lifelines
 * @param time Lamport time after the step: the event's own for the service, the participant's clock for a participant
 * @param kind what happened
 * @param rpc the method, such as {@code Publish}; empty if no call belongs to it
 * @param text what was said or, for a join or a leave, its sentence; why, for a refusal or an end; not made safe for display
 * @param recordedAt wall clock of the process, if it was written down; decides nothing
 * @param source the record that tells of it, if there is one of its own
 */
public record Step(
        int id,
        int lifeline,
        long time,
        Kind kind,
        String rpc,
        String text,
        Optional<Instant> recordedAt,
        Optional<Place> source) {

    /** What happened. */
    public enum Kind {
        /** A participant sent a request. */
        REQUEST,
        /** A participant received the answer to a request. */
        REPLY,
        /** The service refused a request, with the reason that the contract gives; the participant's clock does not move. */
        REFUSAL,
        /** A request ended without an answer of the service, so nobody knows whether it arrived; the clock does not move. */
        NO_ANSWER,
        /** A participant received an event. */
        RECEIPT,
        /** A participant was told that it has everything. */
        CAUGHT_UP,
        /** A participant's stream of events ended. */
        STREAM_END,
        /** A participant's log ends without a farewell. */
        CRASH,
        /** The service put a join in its place. */
        JOINED,
        /** The service put a message in its place. */
        PUBLISHED,
        /** The service put a leave, or the end of a session, in its place. */
        LEFT,
        /** The service accepted a Broadcast: a step of its clock, and nothing of the chat's. */
        ATTACHED
    }
}
