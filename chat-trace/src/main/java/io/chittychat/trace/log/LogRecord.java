package io.chittychat.trace.log;

import static io.chittychat.text.LogKeys.CLOCK;
import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.KIND;
import static io.chittychat.text.LogKeys.LAMPORT;
import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.PARTICIPANT;
import static io.chittychat.text.LogKeys.REASON;
import static io.chittychat.text.LogKeys.RPC;
import static io.chittychat.text.LogKeys.SENT;
import static io.chittychat.text.LogKeys.TIME;

import io.chittychat.text.LogFormatException;
import io.chittychat.text.LogfmtLine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One record of a participant's log: a step of that participant. Lamport times are unsigned in the protocol; a log whose
 * times exceed {@link Long#MAX_VALUE} is refused as malformed; the service refuses such times, too.
 *
 * @param file the log
 * @param line its place in the log, from 1
 * @param time wall clock of the participant; informative only
 * @param participant its writer
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
        RecordKind kind,
        String rpc,
        long clock,
        LogfmtLine fields) {

    /** Statuses of calls that the service received and refused. Other statuses may come from the connection. */
    private static final Set<String> OF_THE_SERVICE =
            Set.of("INVALID_ARGUMENT", "ALREADY_EXISTS", "UNAUTHENTICATED", "OUT_OF_RANGE", "FAILED_PRECONDITION");

    /**
     * Reads a line.
     *
     * @throws LogFormatException if it is no record, or lacks a key of its kind
     */
    public static LogRecord parse(Path file, int line, String text) throws LogFormatException {
        LogfmtLine fields = LogfmtLine.parse(text);
        LogRecord read = new LogRecord(
                file,
                line,
                WallClock.parse(fields.required(TIME)),
                fields.required(PARTICIPANT),
                RecordKind.parse(fields.required(KIND)),
                fields.required(RPC),
                fields.lamportTime(CLOCK),
                fields);
        read.requireKeysOfKind();
        return read;
    }

    private void requireKeysOfKind() throws LogFormatException {
        switch (kind) {
            case SEND -> {}
            case REPLY, END -> fields.required(OUTCOME);
            case RECEIVE -> fields.required(EVENT);
        }
        if (carriesLamport() || fields.has(LAMPORT)) {
            fields.lamportTime(LAMPORT);
        }
        if (fields.has(SENT)) {
            fields.lamportTime(SENT);
        }
    }

    /** Whether the record has a Lamport time of the service: a received message or an accepted request. */
    public boolean carriesLamport() {
        return kind == RecordKind.RECEIVE || (kind == RecordKind.REPLY && isOk());
    }

    /** Whether it is the named step of the named method. */
    public boolean is(RecordKind kind, String rpc) {
        return this.kind == kind && this.rpc.equals(rpc);
    }

    /** Whether it is the receipt of an event of the chat: {@code joined}, {@code published} or {@code left}. */
    public boolean isEvent(String type) {
        return kind == RecordKind.RECEIVE && type.equals(fields.get(EVENT));
    }

    /** Whether it is the receipt of an event of the chat; {@code caught_up} is not an event. */
    public boolean isEvent() {
        return isEvent("published") || isEvent("joined") || isEvent("left");
    }

    /** Whether the outcome is OK; false for records without one. */
    public boolean isOk() {
        return "OK".equals(fields.get(OUTCOME));
    }

    /**
     * Whether the service refused the request: with a reason of the contract, or with a status that only the service gives. A
     * request that ended in any other way may have arrived and succeeded.
     */
    public boolean isRefusal() {
        return kind == RecordKind.REPLY
                && !isOk()
                && (fields.has(REASON) || OF_THE_SERVICE.contains(fields.get(OUTCOME)));
    }

    /**
     * The service's Lamport time.
     *
     * @throws IllegalStateException unless {@link #carriesLamport()}
     */
    public long lamport() {
        return numberOf(LAMPORT);
    }

    /** The clock of the request that led to a received event; 0 if there was no request. */
    public long sent() {
        return fields.has(SENT) ? numberOf(SENT) : 0;
    }

    /** The value of a key, if the record has it. */
    public Optional<String> find(String key) {
        return fields.find(key);
    }

    private long numberOf(String key) {
        try {
            return fields.lamportTime(key);
        } catch (LogFormatException e) {
            throw new IllegalStateException(file + ":" + line + ": " + e.problem(), e);
        }
    }

    /** Whether it has a Lamport time, and all of it equals another record: no step has the same clock as another one. */
    public boolean isRepeatOf(LogRecord other) {
        return (kind == RecordKind.SEND || carriesLamport())
                && clock == other.clock
                && kind == other.kind
                && rpc.equals(other.rpc)
                && time.equals(other.time)
                && fields.equals(other.fields);
    }

    /** Whether its writer logged its clock. */
    public boolean hasClock() {
        return !fields.has(Translator.UNCLOCKED);
    }

    /** The place of the record. */
    public Place place() {
        return new Place(file, line);
    }
}
