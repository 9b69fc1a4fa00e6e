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
 * What one participant has asked for, until both the answer and the event that came of it are known, or its session is
 * over: as many as were under way at once. A request whose answer was lost is sent again, as another attempt at the same.
 *
 * <p>Not safe for use by several threads.
 */
final class Requests {

    /** Answers after which it is certain that nothing came of a request. */
    private static final Set<String> FINAL =
            Set.of("INVALID_ARGUMENT", "ALREADY_EXISTS", "UNAUTHENTICATED", "OUT_OF_RANGE", "FAILED_PRECONDITION");

    /** As many as a service remembers of a participant: later than that nothing can come of a request any more. */
    private static final int MOST_SETTLED = 256;

    /** A request that was sent. */
    static final class Attempt {
        private final LogRecord request;
        private final int session;
        private long event; // the Lamport time of what came of it; 0 while that is not known
        private long told; // the Lamport time that the answer says, if nothing was found there

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
    private final Map<Long, Attempt> open = new LinkedHashMap<>(); // by the request's clock
    private final Map<Long, Attempt> settled = new LinkedHashMap<>(); // the newest of those of which all is known
    private int session;
    private long newestSequence;
    private long newestInOrder; // the newest sequence that became an event

    Requests(Findings findings) {
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
            findings.violation(ORDER, request, "sequence %d comes again, after %d".formatted(sequence, newestSequence));
        } else if (attemptsAt(request).stream()
                .anyMatch(before -> !before.request.find(TEXT).equals(request.find(TEXT)))) {
            findings.violation(ORDER, request, "sequence %d was sent with another text before".formatted(sequence));
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Attempts at what an answer, or one more attempt, is about. */
    private List<Attempt> attemptsAt(LogRecord about) {
        Optional<String> sequence = about.find(SEQUENCE);
        return open.values().stream()
                .filter(attempt -> attempt.session == session && attempt.isAbout(about.rpc(), sequence))
                .toList();
    }

    /** A new session was begun. What the ones before it asked for may still turn up until its join does. */
    void joined() {
        session++;
        newestSequence = 0;
        newestInOrder = 0;
    }

    /** The join of the present session turned up. */
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
            findings.violation(LOGS, reply, "answers a request that is not in the log");
        }
    }

    /** A request was accepted: the attempts at it, none if it was not made. */
    List<Attempt> accepted(LogRecord reply, boolean mayLackRequest) {
        List<Attempt> attempts = attemptsAt(reply);
        if (attempts.isEmpty()) {
            answersNothing(reply, mayLackRequest);
        }
        return attempts;
    }

    /** All is known of what was attempted. */
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
     * When a request, or another attempt at the same, became an event already: of all of them exactly one may.
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

    /** There was nothing at the Lamport time that the answer says. */
    static void missed(List<Attempt> attempts, long told) {
        attempts.forEach(attempt -> attempt.told = told);
    }

    /** When what was attempted became an event, preferably at this time; 0 if that is not known. */
    static long metAt(List<Attempt> attempts, long preferred) {
        return attempts.stream().anyMatch(attempt -> attempt.event == preferred)
                ? preferred
                : attempts.stream().mapToLong(attempt -> attempt.event).max().orElse(0);
    }

    /** What the answer to the request for an event said, if the event was not there; 0 otherwise. */
    long toldOtherwise(long sent) {
        Attempt attempt = open.get(sent);
        return attempt == null ? 0 : attempt.told;
    }

    /** Whether there is a request that an event can have come of. */
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

    /** Whether an event is of a message that was sent before one that is in the chat already. */
    boolean isOvertaken(LogRecord request) {
        long sequence = request.find(SEQUENCE).map(Requests::number).orElse(0L);
        Attempt attempt = open.get(request.clock());
        if (sequence == 0 || attempt == null || attempt.session != session) {
            return false;
        }
        boolean overtaken = sequence < newestInOrder;
        newestInOrder = Math.max(newestInOrder, sequence);
        return overtaken;
    }

    /** Finds a Broadcast by its clock, and forgets those before it. */
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
