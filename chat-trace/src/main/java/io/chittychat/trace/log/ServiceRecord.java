package io.chittychat.trace.log;

import java.time.Instant;
import java.util.Optional;

/**
 * One record of the service's log: a call that it answered, a session that expired, or its start.
 *
 * @param place where it stands
 * @param time wall clock of the service; for people, nothing is decided by it
 * @param what the method of a call; {@code left} or {@code started} if there was none
 * @param participant who called, or whose session expired; empty if that is not known
 * @param lamportIn the request's Lamport time; 0 for none
 * @param lamportOut the reply's Lamport time, or that of the event; 0 for none
 * @param fields all pairs of the record
 */
public record ServiceRecord(
        Place place, Instant time, String what, String participant, long lamportIn, long lamportOut, Pairs fields) {

    /** Whether a line is meant to be a record of the service; what else the service prints is none. */
    public static boolean claims(String line) {
        return line.startsWith("time=") && line.contains(" level=");
    }

    /**
     * Reads a line.
     *
     * @throws LogFormatException if it is no record
     */
    public static ServiceRecord parse(Place place, String line) throws LogFormatException {
        Pairs fields = LogfmtLine.parse(line);
        Instant time = WallClock.parse(fields.required("time"));
        String event = fields.get("event");
        if (event != null) {
            String participant = event.equals("left") ? fields.required("participant") : "";
            return new ServiceRecord(place, time, event, participant, 0, fields.number("lamport_out"), fields);
        }
        String rpc = fields.required("rpc");
        String participant = fields.required("participant");
        fields.required("outcome");
        return fields.has("phase")
                ? new ServiceRecord(place, time, rpc, participant, 0, 0, fields)
                : new ServiceRecord(
                        place,
                        time,
                        rpc,
                        participant,
                        fields.number("lamport_in"),
                        fields.number("lamport_out"),
                        fields);
    }

    /** Whether the service began here, with a log of this identity. */
    public Optional<String> epoch() {
        return what.equals("started") ? fields.find("epoch") : Optional.empty();
    }

    /**
     * Whether its Lamport time is that of a step of the service: of an event, or of an accepted Broadcast. Reads are none,
     * and neither is what was refused. A repeated request is answered with the time of the first one.
     */
    public boolean isStep() {
        return switch (what) {
            case "Join", "Publish", "PublishStream", "Leave", "Broadcast" ->
                !fields.has("phase") && "OK".equals(fields.get("outcome"));
            case "left" -> true;
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
