package io.chittychat.server.room;

import java.time.Instant;

/** An event of the log. It is immutable. */
public sealed interface Event {

    /** Returns the values that all events have. */
    Header header();

    /**
     * Returns the text that participants are shown: the message, or a sentence such as "Participant alice joined ...".
     */
    String text();

    /**
     * The values that all events have.
     *
     * @param lamportTime the event's Lamport time, which is its position in the log
     * @param previousLamportTime the Lamport time of the event before it; 0 for the first event
     * @param participantLamportTime the Lamport time in the request that caused it; 0 if no request did
     * @param recordedAt the time at which the command was ordered, by the wall clock of the process that ordered it
     * @param session the session that caused it
     * @param participant the name of the session's participant
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
     * A participant published a message.
     *
     * @param sequence the sequence of the publish; 0 if it is not repeatable
     */
    record Published(Header header, String text, long sequence) implements Event {}

    /** A participant left, or its session expired. */
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
