package io.chittychat.tools.check;

import io.chittychat.tools.check.Participation.Ending;
import io.chittychat.tools.trace.Kind;
import io.chittychat.tools.trace.LogRecord;
import io.chittychat.tools.trace.ParticipantLog;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One participant's stay as its own log tells it: which events it was owed, and which it got. Immutable. */
final class Stay {

    private final Participation participation;
    private final NavigableMap<Long, LogRecord> events = new TreeMap<>();
    private final Optional<LogRecord> joinReply;
    private final Optional<LogRecord> leaveReply;

    Stay(Participation participation) {
        this.participation = participation;
        log().events().forEach(event -> events.putIfAbsent(event.lamport(), event));
        this.joinReply = accepted("Join").findFirst();
        this.leaveReply = accepted("Leave").findFirst();
    }

    String name() {
        return participation.name();
    }

    boolean wasKilled() {
        return participation.ending() == Ending.KILLED;
    }

    ParticipantLog log() {
        return participation.log();
    }

    /** The accepted Join, if the log has one. */
    Optional<LogRecord> joinReply() {
        return joinReply;
    }

    /** The accepted Leave, if the log has one. */
    Optional<LogRecord> leaveReply() {
        return leaveReply;
    }

    /** The first copy of every event received, by Lamport time. */
    NavigableMap<Long, LogRecord> events() {
        return events;
    }

    /** The accepted replies of a method, in the order of the log. */
    Stream<LogRecord> accepted(String rpc) {
        return log().records().stream().filter(entry -> entry.is(Kind.REPLY, rpc) && entry.isOk());
    }

    /** The accepted publishes, in the order of the log. */
    Stream<LogRecord> published() {
        return Stream.concat(accepted("Publish"), accepted("PublishStream"));
    }

    /** The request for a message, by the clock that it carried. */
    Optional<LogRecord> publishSentAt(long clock) {
        return log().records().stream()
                .filter(entry -> entry.kind() == Kind.SEND && entry.rpc().startsWith("Publish"))
                .filter(entry -> entry.clock() == clock)
                .findFirst();
    }

    /**
     * Whether the event at a Lamport time is owed to it: from its own join up to, and without, its own leave. One that was
     * killed is owed everything up to the last event that it got to write down.
     */
    boolean isOwed(long lamport) {
        return joinReply.map(join -> join.lamport() <= lamport).orElse(false) && lamport < end();
    }

    private long end() {
        if (leaveReply.isPresent()) {
            return leaveReply.get().lamport();
        }
        return lastSeen() + 1;
    }

    /** The Lamport time of the last event received; 0 if there is none. */
    long lastSeen() {
        return events.isEmpty() ? 0 : events.lastKey();
    }

    /** The line of the log before which an event of a Lamport time should stand. */
    int placeOf(long lamport) {
        var next = events.higherEntry(lamport);
        return next == null ? log().records().size() : next.getValue().line();
    }
}
