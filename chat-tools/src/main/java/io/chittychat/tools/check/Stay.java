package io.chittychat.tools.check;

import io.chittychat.tools.check.Participation.Ending;
import io.chittychat.tools.trace.Kind;
import io.chittychat.tools.trace.LogRecord;
import io.chittychat.tools.trace.ParticipantLog;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One participant's stay as its own log tells it: which events it was owed, and which it got. It has one session, or
 * several if it joined again after it had left or its session had expired. Immutable.
 */
final class Stay {

    private final Participation participation;
    private final NavigableMap<Long, LogRecord> events = new TreeMap<>();
    private final List<Session> sessions;

    Stay(Participation participation) {
        this.participation = participation;
        log().events().forEach(event -> events.putIfAbsent(event.lamport(), event));
        this.sessions = Session.of(log().records());
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

    /** Its sessions, one after the other; none if it never joined. */
    List<Session> sessions() {
        return sessions;
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

    /** The session in which a record was written. */
    Optional<Session> sessionOf(LogRecord entry) {
        return sessions.stream()
                .filter(session -> session.records().contains(entry))
                .findFirst();
    }

    /** Whether the event at a Lamport time is owed to it, in one of its sessions. */
    boolean isOwed(long lamport) {
        return sessions.stream().anyMatch(session -> session.isOwed(lamport));
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
