package io.chittychat.tools.check;

import io.chittychat.tools.trace.Kind;
import io.chittychat.tools.trace.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One session in a participant's log, from its accepted Join to the record before the next accepted one.
 *
 * @param records what was written down from the reply to Join on
 * @param next the reply to the Join after it, if there is one
 * @param readOn whether the session after it read on where this one had ended
 */
record Session(List<LogRecord> records, Optional<LogRecord> next, boolean readOn) {

    /** The sessions of a log, in its order; empty if nobody ever joined. */
    static List<Session> of(List<LogRecord> log) {
        List<Session> sessions = new ArrayList<>();
        int end = log.size();
        Optional<LogRecord> next = Optional.empty();
        boolean readOn = false;
        for (int i = log.size() - 1; i >= 0; i--) {
            LogRecord entry = log.get(i);
            if (entry.is(Kind.REPLY, "Join") && entry.isOk()) {
                Session session = new Session(log.subList(i, end), next, readOn);
                sessions.add(0, session);
                next = Optional.of(entry);
                readOn = session.continuesTheOneBefore();
                end = i;
            }
        }
        return List.copyOf(sessions);
    }

    private boolean continuesTheOneBefore() {
        return records.stream()
                .filter(entry -> entry.is(Kind.SEND, "Broadcast"))
                .findFirst()
                .flatMap(request -> request.find("after"))
                .filter(after -> !after.equals("0"))
                .isPresent();
    }

    /** The reply to its Join. */
    LogRecord join() {
        return records.get(0);
    }

    /** The accepted Leave, if it ended by one. */
    Optional<LogRecord> leave() {
        return accepted("Leave").findFirst();
    }

    /** Whether it must have expired, since it was not left and another one could begin. */
    boolean expired() {
        return leave().isEmpty() && next.isPresent();
    }

    /** Whether the service had this session at a Lamport time, as far as its owner knows. */
    boolean spans(long lamport) {
        return lamport > join().lamport()
                && next.map(reply -> lamport < reply.lamport()).orElse(true);
    }

    /**
     * Whether the event at a Lamport time is owed to it: from its own join up to, and without, its own leave. If it expired
     * and was replaced by one that read on, everything up to that one's join is owed; if it just ended, everything up to
     * the last event that was written down.
     */
    boolean isOwed(long lamport) {
        return join().lamport() <= lamport && lamport < end();
    }

    private long end() {
        if (leave().isPresent()) {
            return leave().get().lamport();
        }
        return next.filter(reply -> readOn).map(LogRecord::lamport).orElse(lastSeen() + 1);
    }

    /** The Lamport time of the last event received; 0 if there is none. */
    private long lastSeen() {
        return records.stream()
                .filter(LogRecord::isEvent)
                .mapToLong(LogRecord::lamport)
                .max()
                .orElse(0);
    }

    /** The accepted reply to a request of this session. */
    Optional<LogRecord> replyTo(LogRecord request) {
        return accepted(request.rpc())
                .filter(reply -> reply.find("sequence").equals(request.find("sequence")))
                .findFirst();
    }

    private Stream<LogRecord> accepted(String rpc) {
        return records.stream().filter(entry -> entry.is(Kind.REPLY, rpc) && entry.isOk());
    }
}
