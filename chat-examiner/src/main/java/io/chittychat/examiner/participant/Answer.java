package io.chittychat.examiner.participant;

import java.util.OptionalLong;

/**
 * What came of a call.
 *
 * @param sentAt the participant's Lamport time of sending
 * @param time the Lamport time in the answer; empty if it has none
 * @param says the call and its answer in words, such as {@code Publish: INVALID_ARGUMENT (too long)}
 */
public record Answer(Outcome outcome, long sentAt, OptionalLong time, String says) {

    /** The kinds of outcomes. */
    public enum Outcome {
        /** The service has accepted it. */
        ACCEPTED,
        /** The service has refused it. */
        REFUSED,
        /** It was sent on a stream on which nothing is answered. */
        SENT,
        /** An answer should have come, and did not: nobody knows what the service did. */
        UNKNOWN
    }

    public boolean is(Outcome one) {
        return outcome == one;
    }
}
