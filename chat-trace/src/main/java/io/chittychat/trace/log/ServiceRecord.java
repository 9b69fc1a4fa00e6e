package io.chittychat.trace.log;

import static io.chittychat.text.LogKeys.EPOCH;
import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.LAMPORT_IN;
import static io.chittychat.text.LogKeys.LAMPORT_OUT;
import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.PARTICIPANT;
import static io.chittychat.text.LogKeys.PHASE;
import static io.chittychat.text.LogKeys.RPC;
import static io.chittychat.text.LogKeys.TIME;

import io.chittychat.text.LogFormatException;
import io.chittychat.text.LogfmtLine;
import java.time.Instant;
import java.util.Optional;

/**
 * One record of the service's log: a call that it answered, a session that expired, or its start.
 *
 * @param place its place
 * @param time wall clock of the service; informative only
 * @param what the method of a call; {@code left} or {@code started} for a record without a call
 * @param participant the caller, or the participant whose session expired; empty if unknown
 * @param lamportIn the request's Lamport time; 0 for none
 * @param lamportOut the reply's Lamport time, or that of the event; 0 for none
 * @param fields all pairs of the record
 */
public record ServiceRecord(
        Place place,
        Instant time,
        String what,
        String participant,
        long lamportIn,
        long lamportOut,
        LogfmtLine fields) {

    /** Whether a line looks like a record of the service; the service also prints other lines. */
    public static boolean claims(String line) {
        int level = line.startsWith("time=") ? line.indexOf(" level=") : -1;
        int kind = level < 0 ? -1 : line.indexOf(" kind=");
        return level >= 0 && (kind < 0 || level < kind); // a text may contain anything
    }

    /**
     * Reads a line.
     *
     * @throws LogFormatException if it is no record
     */
    public static ServiceRecord parse(Place place, String line) throws LogFormatException {
        LogfmtLine fields = LogfmtLine.parse(line);
        Instant time = WallClock.parse(fields.required(TIME));
        String event = fields.get(EVENT);
        if (event != null) {
            String participant = event.equals("left") ? fields.required(PARTICIPANT) : "";
            return new ServiceRecord(place, time, event, participant, 0, fields.lamportTime(LAMPORT_OUT), fields);
        }
        String rpc = fields.required(RPC);
        String participant = fields.required(PARTICIPANT);
        fields.required(OUTCOME);
        return fields.has(PHASE)
                ? new ServiceRecord(place, time, rpc, participant, 0, 0, fields)
                : new ServiceRecord(
                        place,
                        time,
                        rpc,
                        participant,
                        fields.lamportTime(LAMPORT_IN),
                        fields.lamportTime(LAMPORT_OUT),
                        fields);
    }

    /** The epoch of the service, if this record is its start. */
    public Optional<String> epoch() {
        return what.equals("started") ? fields.find(EPOCH) : Optional.empty();
    }

    /**
     * Whether it records a step of the service: an event, or an accepted Broadcast. Reads and refused calls are no steps. The reply
     * to a repeated request has the time of the first one.
     */
    public boolean isStep() {
        return switch (what) {
            case "Join", "Publish", "PublishStream", "Leave", "Broadcast" ->
                !fields.has(PHASE) && "OK".equals(fields.get(OUTCOME));
            case "left" -> true;
            default -> false;
        };
    }

    /** Whether its request may be repeated; the service answers a repetition with the time of the first one. */
    public boolean isRepeatable() {
        return switch (what) {
            case "Join", "Publish", "PublishStream" -> true;
            default -> false;
        };
    }

    /** The type of the event that it led to; empty for an accepted Broadcast. */
    public Optional<String> eventType() {
        return switch (what) {
            case "Join" -> Optional.of("joined");
            case "Publish", "PublishStream" -> Optional.of("published");
            case "Leave", "left" -> Optional.of("left");
            default -> Optional.empty();
        };
    }
}
