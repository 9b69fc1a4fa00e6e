package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.SEQUENCE;
import static io.chittychat.text.LogKeys.TEXT;
import static io.chittychat.trace.check.Requirement.CLOCKS;
import static io.chittychat.trace.check.Requirement.LOGS;
import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.check.Findings.Finding;
import io.chittychat.trace.log.LogRecord;
import java.util.ArrayDeque;
import java.util.Deque;
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
        private Runnable blame = () -> {};
        private ExpectedEvents.@Nullable Expected expected; // what its reply promises

        Attempt(LogRecord request, int session) {
            this.request = request;
            this.session = session;
        }

        LogRecord request() {
            return request;
        }

        /** Its reply promises an event, or none after all. */
        void promises(ExpectedEvents.@Nullable Expected event) {
            expected = event;
        }

        boolean isAbout(String rpc, Optional<String> sequence) {
            return request.rpc().equals(rpc) && request.find(SEQUENCE).equals(sequence);
        }
    }

    /** A request that the log lacks, although an event names it. */
    private record Missing(long lamport, Finding finding) {}

    /** A reply without a request. */
    private record Orphan(String type, long lamport, Finding finding) {}

    private final String name;
    private final Findings findings;
    private final Map<Long, Attempt> open = new LinkedHashMap<>(); // by the clock of the request
    private final Map<Long, Missing> missing = Bounded.map(MOST_SETTLED); // by the clock of the request
    private final Deque<Orphan> orphans = new ArrayDeque<>();
    private boolean listens;
    private boolean unclocked; // requests have no clocks, so events cannot name them
    private final Map<Long, Attempt> settled = new LinkedHashMap<>(); // the newest completed ones
    private int session;
    private long newestSequence;
    private long newestInOrder; // the newest sequence that became an event

    OpenRequests(String name, Findings findings) {
        this.name = name;
        this.findings = findings;
    }

    /**
     * A request was sent.
     *
     * @param rightClock the clock that it should have
     * @param blame is called if the event names that clock, and the line of the request has another one
     * @return whether the request stands in the right place
     */
    boolean sent(LogRecord request, long rightClock, Runnable blame) {
        request.find(SEQUENCE).ifPresent(text -> checkSequence(request, number(text)));
        unclocked |= !request.hasClock();
        listens |= request.rpc().equals("Broadcast");
        Attempt attempt = new Attempt(request, session);
        open.put(request.clock(), attempt);
        if (rightClock != request.clock()) {
            attempt.blame = blame;
            open.putIfAbsent(rightClock, attempt);
        }
        Missing late = missing.remove(request.clock());
        if (late != null) {
            late.finding().withdraw();
            attempt.event = late.lamport();
            findings.violation(
                    CLOCKS,
                    request,
                    "this request of %s, with clock %d, stands behind the event of Lamport time %d, which it led to"
                            .formatted(name, request.clock(), late.lamport()));
        }
        return late == null;
    }

    /** Whether it is known that the request of an event is missing. */
    boolean knowsMissing(long lamport) {
        return missing.values().stream().anyMatch(lost -> lost.lamport() == lamport);
    }

    /** The log lacks a request, although an event names it. */
    void isMissing(long sent, long lamport, Finding finding) {
        missing.put(sent, new Missing(lamport, finding));
    }

    /** What was said of the reply that tells of an event, if its request is missing. */
    Optional<Finding> orphan(String type, long lamport) {
        return orphans.stream()
                .filter(orphan -> orphan.type().equals(type) && orphan.lamport() == lamport)
                .map(Orphan::finding)
                .findFirst();
    }

    /** Whether the log has Broadcasts at all. */
    boolean listens() {
        return listens;
    }

    private void checkSequence(LogRecord request, long sequence) {
        if (sequence > newestSequence) {
            newestSequence = sequence;
        } else if (sequence > 0 && attemptsAt(request).isEmpty()) {
            findings.violation(
                    ORDER,
                    request,
                    "%s sends sequence %d after %d: it does not increase".formatted(name, sequence, newestSequence));
        } else if (attemptsAt(request).stream()
                .anyMatch(before -> !before.request.find(TEXT).equals(request.find(TEXT)))) {
            findings.violation(
                    ORDER, request, "%s sent sequence %d before with another text".formatted(name, sequence));
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
                .distinct()
                .toList();
    }

    /** The attempts that a reply belongs to: if there are none, the request of the same method whose line is wrong. */
    private List<Attempt> attemptsOf(LogRecord reply) {
        List<Attempt> exactly = attemptsAt(reply);
        return exactly.isEmpty()
                ? open.values().stream()
                        .filter(attempt -> attempt.session == session
                                && attempt.request.rpc().equals(reply.rpc())
                                && findings.isBlamed(attempt.request.place()))
                        .distinct()
                        .toList()
                : exactly;
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
        List<Attempt> attempts = attemptsOf(reply);
        if (attempts.isEmpty()) {
            answersNothing(reply, mayLackRequest);
        } else if (FINAL.contains(reply.find(OUTCOME).orElse(""))) {
            open.values().remove(attempts.get(attempts.size() - 1));
        }
    }

    private void answersNothing(LogRecord reply, boolean mayLackRequest) {
        boolean known = reply.isOk() && knowsMissing(reply.lamport());
        if (mayLackRequest || known) {
            return;
        }
        Finding finding = findings.violation(
                LOGS,
                reply,
                "this is a reply to a %s of %s, but no such request stands before it".formatted(reply.rpc(), name));
        if (reply.isOk()) {
            orphans.add(new Orphan(eventOf(reply), reply.lamport(), finding));
        }
        if (orphans.size() > MOST_SETTLED) {
            orphans.removeFirst();
        }
    }

    /** A request was accepted; returns the attempts at it, none if the log has none. */
    List<Attempt> accepted(LogRecord reply, boolean mayLackRequest) {
        List<Attempt> attempts = attemptsOf(reply);
        if (attempts.isEmpty()) {
            answersNothing(reply, mayLackRequest);
        }
        return attempts;
    }

    /** The reply and the event of these attempts are known. */
    void settled(List<Attempt> attempts) {
        long event = attempts.stream().mapToLong(attempt -> attempt.event).max().orElse(0);
        for (Attempt attempt : attempts) {
            open.values().remove(attempt);
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
        if (done != null && eventOf(done.request).equals(type)) {
            return done.event == lamport ? 0 : done.event;
        }
        Attempt attempt = open.get(sent);
        if (attempt == null || !eventOf(attempt.request).equals(type)) {
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
        return unclocked || (attempt != null && eventOf(attempt.request).equals(type));
    }

    /** The event that the reply to a request promises, if that was read. */
    Optional<ExpectedEvents.Expected> promised(long sent) {
        return Optional.ofNullable(open.get(sent)).map(attempt -> attempt.expected);
    }

    /** The request that led to an event. */
    @Nullable
    LogRecord leadingTo(String type, long sent, long lamport) {
        Attempt attempt = open.get(sent);
        if (attempt == null || !eventOf(attempt.request).equals(type)) {
            return null;
        }
        attempt.event = lamport;
        if (attempt.request.clock() != sent) {
            attempt.blame.run();
        }
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
        open.values().removeAll(broadcasts.subList(0, broadcasts.indexOf(wanted) + 1));
        return true;
    }

    /** The type of the event that a request leads to: its method tells, or with one method for all, its event. */
    static String eventOf(LogRecord request) {
        return switch (request.rpc()) {
            case "Join" -> "joined";
            case "Publish", "PublishStream" -> "published";
            case "Leave" -> "left";
            default -> request.find(EVENT).orElse("");
        };
    }
}
