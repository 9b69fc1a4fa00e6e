package io.chittychat.tools.trace;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * One record of a participant's log: a step of that participant. Lamport times are unsigned in the protocol; a log whose
 * times exceed {@link Long#MAX_VALUE} is refused as malformed, as the service would have refused it long before.
 *
 * @param file the log
 * @param line its place in the log, from 1
 * @param time wall clock of the participant; for people, nothing is decided by it
 * @param participant who wrote it
 * @param kind what happened
 * @param rpc the method, such as {@code Publish}
 * @param clock the participant's Lamport clock after the step
 * @param fields all pairs of the record, in the order of the line
 */
public record LogRecord(
        Path file,
        int line,
        Instant time,
        String participant,
        Kind kind,
        String rpc,
        long clock,
        Map<String, String> fields) {

    /**
     * Reads a line.
     *
     * @throws LogFormatException if it is no record, or lacks what its kind must have
     */
    public static LogRecord parse(Path file, int line, String text) throws LogFormatException {
        Map<String, String> fields = LogfmtLine.parse(text);
        LogRecord read = new LogRecord(
                file,
                line,
                instant(required(fields, "time")),
                required(fields, "participant"),
                Kind.parse(required(fields, "kind")),
                required(fields, "rpc"),
                number(fields, "clock"),
                fields);
        read.requireWhatItsKindHas();
        return read;
    }

    private void requireWhatItsKindHas() throws LogFormatException {
        switch (kind) {
            case SEND -> {}
            case REPLY, END -> required(fields, "outcome");
            case RECEIVE -> required(fields, "event");
        }
        if (carriesLamport() || fields.containsKey("lamport")) {
            number(fields, "lamport");
        }
        if (fields.containsKey("sent")) {
            number(fields, "sent");
        }
    }

    /** Whether the step brought a Lamport time of the service: a received message or an accepted request. */
    public boolean carriesLamport() {
        return kind == Kind.RECEIVE || (kind == Kind.REPLY && isOk());
    }

    /** Whether it is the named step of the named method. */
    public boolean is(Kind kind, String rpc) {
        return this.kind == kind && this.rpc.equals(rpc);
    }

    /** Whether it is the receipt of an event of the chat: {@code joined}, {@code published} or {@code left}. */
    public boolean isEvent(String type) {
        return kind == Kind.RECEIVE && type.equals(fields.get("event"));
    }

    /** Whether it is the receipt of any event of the chat; {@code caught_up} is none. */
    public boolean isEvent() {
        return isEvent("joined") || isEvent("published") || isEvent("left");
    }

    /** Whether the outcome is OK; false for records without one. */
    public boolean isOk() {
        return "OK".equals(fields.get("outcome"));
    }

    /**
     * The service's Lamport time.
     *
     * @throws IllegalStateException unless {@link #carriesLamport()}
     */
    public long lamport() {
        return numberOf("lamport");
    }

    /** The clock of whoever caused a received event when asking for it; 0 if nobody asked. */
    public long sent() {
        return fields.containsKey("sent") ? numberOf("sent") : 0;
    }

    /** The value of a pair, if it is there. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    private long numberOf(String key) {
        try {
            return number(fields, key);
        } catch (LogFormatException e) {
            throw new IllegalStateException(file + ":" + line + ": " + e.problem(), e);
        }
    }

    private static String required(Map<String, String> fields, String key) throws LogFormatException {
        String value = fields.get(key);
        if (value == null) {
            throw new LogFormatException("has no '" + key + "'");
        }
        return value;
    }

    private static long number(Map<String, String> fields, String key) throws LogFormatException {
        String value = required(fields, key);
        if (!value.matches("[0-9]{1,19}")) {
            throw new LogFormatException("'" + key + "' is no Lamport time: " + value);
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new LogFormatException("'" + key + "' is too large: " + value);
        }
    }

    private static Instant instant(String text) throws LogFormatException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new LogFormatException("'time' is no instant: " + text);
        }
    }
}
