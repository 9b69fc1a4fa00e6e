package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.SEQUENCE;
import static io.chittychat.text.LogKeys.TEXT;
import static io.chittychat.trace.check.Requirement.LOGS;
import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.log.LogRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one participant, until both the reply and the event are known, or the session is over: as many as were under
 * way at once. A request whose reply was lost is sent again, as another attempt at the same request.
 *
 * <p>Not safe for use by several threads.
 */
final class OpenRequests {

    /** Outcomes after which a request certainly leads to no event. */
    private static final Set<String> FINAL =
            Set.of("INVALID_ARGUMENT", "ALREADY_EXISTS", "UNAUTHENTICATED", "OUT_OF_RANGE", "FAILED_PRECONDITION");

    /** As many as the service remembers for each participant; an older request leads to no event any more. */
    private static final int MOST_SETTLED = 256;

    /** A request that was sent. */
    static final class Attempt {
        private final LogRecord request;
        private final int session;
        private long event; // the Lamport time of its event; 0 while that is unknown
        private long told; // the Lamport time in the reply, if there was no event at that time

        Attempt(LogRecord request, int session) {
            this.request = request;
            this.session = session;
        }

        LogRecord request() {
            return request;
        }

        boolean isAbout(String rpc, Optional<String> sequence) {
            return request.rpc().equals(rpc) && request.find(SEQUENCE).equals(sequence);
        }
    }

    private final Findings findings;
    private final Map<Long, Attempt> open = new LinkedHashMap<>(); // by the clock of the request
    private final Map<Long, Attempt> settled = new LinkedHashMap<>(); // the newest completed ones
    private int session;
    private long newestSequence;
    private long newestInOrder; // the newest sequence that became an event

    OpenRequests(Findings findings) {
        this.findings = findings;
    }

    void sent(LogRecord request) {
        request.find(SEQUENCE).ifPresent(text -> checkSequence(request, number(text)));
        open.put(request.clock(), new Attempt(request, session));
    }

    private void checkSequence(LogRecord request, long sequence) {
        if (sequence > newestSequence) {
            newestSequence = sequence;
        } else if (sequence > 0 && attemptsAt(request).isEmpty()) {
            findings.violation(
                    ORDER, request, "sequence %d follows %d: it does not increase".formatted(sequence, newestSequence));
        } else if (attemptsAt(request).stream()
                .anyMatch(before -> !before.request.find(TEXT).equals(request.find(TEXT)))) {
            findings.violation(ORDER, request, "sequence %d was sent before with another text".formatted(sequence));
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The attempts that a reply, or another attempt, belongs to. */
    private List<Attempt> attemptsAt(LogRecord about) {
        Optional<String> sequence = about.find(SEQUENCE);
        return open.values().stream()
                .filter(attempt -> attempt.session == session && attempt.isAbout(about.rpc(), sequence))
                .toList();
    }

    /** A new session began. Events of earlier sessions may still appear before its join does. */
    void joined() {
        session++;
        newestSequence = 0;
        newestInOrder = 0;
    }

    /** The join of the current session appeared. */
    void forgetEarlierSessions() {
        open.values()
                .removeIf(attempt ->
                        attempt.session < session && !attempt.request.rpc().equals("Broadcast"));
    }

    /** A request was refused. */
    void refused(LogRecord reply, boolean mayLackRequest) {
        List<Attempt> attempts = attemptsAt(reply);
        if (attempts.isEmpty()) {
            answersNothing(reply, mayLackRequest);
        } else if (FINAL.contains(reply.find(OUTCOME).orElse(""))) {
            open.remove(attempts.get(attempts.size() - 1).request.clock());
        }
    }

    private void answersNothing(LogRecord reply, boolean mayLackRequest) {
        if (!mayLackRequest) {
            findings.violation(LOGS, reply, "replies to a request that is not in the log");
        }
    }

    /** A request was accepted; returns the attempts at it, none if the log has none. */
    List<Attempt> accepted(LogRecord reply, boolean mayLackRequest) {
        List<Attempt> attempts = attemptsAt(reply);
        if (attempts.isEmpty()) {
            answersNothing(reply, mayLackRequest);
        }
        return attempts;
    }

    /** The reply and the event of these attempts are known. */
    void settled(List<Attempt> attempts) {
        long event = attempts.stream().mapToLong(attempt -> attempt.event).max().orElse(0);
        for (Attempt attempt : attempts) {
            open.remove(attempt.request.clock(), attempt);
            if (event != 0) {
                attempt.event = event;
                settled.put(attempt.request.clock(), attempt);
            }
        }
        var oldest = settled.keySet().iterator();
        for (int tooMany = settled.size() - MOST_SETTLED; tooMany > 0; tooMany--) {
            oldest.next();
            oldest.remove();
        }
    }

    /**
     * The time of the event that a request, or another attempt at it, already became: only one of the attempts may.
     *
     * @param sent the clock of the request that led to the event at hand
     * @return the Lamport time of the other event; 0 if there is none
     */
    long becameBefore(String type, long sent, long lamport) {
        Attempt done = settled.get(sent);
        if (done != null && eventOf(done.request.rpc()).equals(type)) {
            return done.event == lamport ? 0 : done.event;
        }
        Attempt attempt = open.get(sent);
        if (attempt == null || !eventOf(attempt.request.rpc()).equals(type)) {
            return 0;
        }
        Optional<String> sequence = attempt.request.find(SEQUENCE);
        return open.values().stream()
                .filter(other -> other == attempt
                        || (sequence.isPresent()
                                && other.session == attempt.session
                                && other.isAbout(attempt.request.rpc(), sequence)))
                .mapToLong(other -> other.event)
                .filter(event -> event != 0 && event != lamport)
                .max()
                .orElse(0);
    }

    /** There was no event at the Lamport time of the reply. */
    static void missed(List<Attempt> attempts, long told) {
        attempts.forEach(attempt -> attempt.told = told);
    }

    /** The time of the event that the attempts led to, preferably this time; 0 if it is unknown. */
    static long metAt(List<Attempt> attempts, long preferred) {
        return attempts.stream().anyMatch(attempt -> attempt.event == preferred)
                ? preferred
                : attempts.stream().mapToLong(attempt -> attempt.event).max().orElse(0);
    }

    /** The Lamport time in the reply to a request, if there was no event at that time; 0 otherwise. */
    long toldOtherwise(long sent) {
        Attempt attempt = open.get(sent);
        return attempt == null ? 0 : attempt.told;
    }

    /** Whether the log has the request that an event names. */
    boolean hasLedTo(String type, long sent) {
        Attempt attempt = open.get(sent);
        return attempt != null && eventOf(attempt.request.rpc()).equals(type);
    }

    /** The request that led to an event. */
    @Nullable
    LogRecord leadingTo(String type, long sent, long lamport) {
        Attempt attempt = open.get(sent);
        if (attempt == null || !eventOf(attempt.request.rpc()).equals(type)) {
            return null;
        }
        attempt.event = lamport;
        return attempt.request;
    }

    /** Whether a message was sent before another one that already has its place in the order. */
    boolean isOvertaken(LogRecord request) {
        long sequence = request.find(SEQUENCE).map(OpenRequests::number).orElse(0L);
        Attempt attempt = open.get(request.clock());
        if (sequence == 0 || attempt == null || attempt.session != session) {
            return false;
        }
        boolean overtaken = sequence < newestInOrder;
        newestInOrder = Math.max(newestInOrder, sequence);
        return overtaken;
    }

    /** Removes a Broadcast, and all earlier ones; false if the log has none with this clock. */
    boolean takeBroadcast(long clock) {
        Attempt wanted = open.get(clock);
        if (wanted == null || !wanted.request.rpc().equals("Broadcast")) {
            return false;
        }
        List<Attempt> broadcasts = open.values().stream()
                .filter(attempt -> attempt.request.rpc().equals("Broadcast"))
                .toList();
        broadcasts.subList(0, broadcasts.indexOf(wanted) + 1).forEach(attempt -> open.remove(attempt.request.clock()));
        return true;
    }

    static String eventOf(String rpc) {
        return switch (rpc) {
            case "Join" -> "joined";
            case "Publish", "PublishStream" -> "published";
            case "Leave" -> "left";
            default -> "";
        };
    }
}
