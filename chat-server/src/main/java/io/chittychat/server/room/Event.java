package io.chittychat.server.room;

import java.time.Instant;

/** Something that happened. Never changes. */
public sealed interface Event {

    /** What all events have. */
    Header header();

    /** What participants are shown: what was said, or the sentence that tells what happened. */
    String text();

    /**
     * What all events have.
     *
     * @param lamportTime the event's place in the log
     * @param previousLamportTime the place of the event before it; 0 for the first
     * @param participantLamportTime Lamport time of the request that caused it; 0 if no request did
     * @param recordedAt when it was ordered, by the wall clock of whoever ordered it
     * @param session whose event it is
     * @param participant the name of whose event it is
     */
    record Header(
            long lamportTime,
            long previousLamportTime,
            long participantLamportTime,
            Instant recordedAt,
            SessionId session,
            String participant) {}

    /** A participant joined. */
    record Joined(Header header) implements Event {
        @Override
        public String text() {
            return sentence(header, "joined");
        }
    }

    /**
     * A participant said something.
     *
     * @param sequence the publish's sequence; 0 if it is not repeatable
     */
    record Published(Header header, String text, long sequence) implements Event {}

    /** A participant left, by its own wish or because it gave no sign of life. */
    record Left(Header header) implements Event {
        @Override
        public String text() {
            return sentence(header, "left");
        }
    }

    private static String sentence(Header header, String verb) {
        return "Participant " + header.participant() + " " + verb + " Chitty-Chat at Lamport time "
                + header.lamportTime();
    }
}
