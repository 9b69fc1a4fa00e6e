package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.AFTER;
import static io.chittychat.text.LogKeys.EPOCH;
import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.REASON;
import static io.chittychat.trace.check.Requirement.LOGS;
import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.log.RecordKind;
import io.chittychat.trace.log.RecordReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one participant's log from event to event: it always stands before the next event that the participant received, and
 * has processed all records before that.
 *
 * <p>Not safe for use by several threads.
 */
final class ParticipantCursor implements AutoCloseable {

    private final String name;
    private final RecordReader reader;
    private final CheckContext context;
    private final Findings findings;
    private final ClockRule clock;
    private final OpenRequests requests;
    private final DueEvents due = new DueEvents();
    private final MissedEvents missed;

    private @Nullable LogRecord next; // the next event, not taken yet
    private @Nullable LogRecord first;
    private @Nullable LogRecord last;
    private boolean asked; // for events, in this session
    private boolean ended;
    private boolean damaged;
    private long records;
    private long newestEvent;
    private long joined; // Lamport time of the join of the present session; 0 before the first
    private boolean present; // in a session, according to this log

    ParticipantCursor(String name, ReaderFactory factory, CheckContext context) {
        this.name = name;
        this.context = context;
        this.findings = context.findings();
        this.clock = new ClockRule(name, findings);
        this.requests = new OpenRequests(name, findings);
        this.missed = new MissedEvents(name, findings);
        this.reader = factory.open(this::damaged);
    }

    /** Opens the log. */
    interface ReaderFactory {
        RecordReader open(RecordReader.Problems problems);
    }

    private void damaged(Place place, String what, boolean isRead) {
        findings.violation(LOGS, place, what);
        if (!isRead) {
            clock.lineMissing();
            missed.lineDamaged();
            damaged = true;
        }
    }

    String name() {
        return name;
    }

    OpenRequests requests() {
        return requests;
    }

    long records() {
        return records;
    }

    /** The Lamport time of the next event; {@link Long#MAX_VALUE} if there is none. */
    long nextTime() {
        LogRecord event = next;
        return event == null ? Long.MAX_VALUE : event.lamport();
    }

    /** Reads up to the next event. */
    void advance() {
        while (next == null && !ended) {
            LogRecord read = reader.next();
            if (read == null) {
                ended = true;
            } else {
                process(read);
            }
        }
    }

    private void process(LogRecord entry) {
        records++;
        LogRecord before = last;
        last = entry;
        if (before != null && entry.isRepeatOf(before)) {
            findings.violation(LOGS, entry, "this line repeats line %d word for word".formatted(before.line()));
            return;
        }
        if (first == null) {
            first = entry;
        }
        findings.expect(
                entry.participant().equals(name),
                LOGS,
                entry,
                () -> "this is a record of %s in the log of %s".formatted(entry.participant(), name));
        clock.check(entry);
        switch (entry.kind()) {
            case SEND -> sent(entry);
            case REPLY -> answered(entry);
            case RECEIVE -> received(entry);
            case END -> {
                if (!entry.isOk()) {
                    due.broken(entry.find(REASON)
                            .filter("RESUME_POINT_GONE"::equals)
                            .isPresent());
                }
            }
        }
        if (next != entry) {
            context.listener().read(name, entry);
        }
    }

    private void sent(LogRecord request) {
        boolean isBroadcast = request.rpc().equals("Broadcast");
        if ((!isBroadcast || context.withService())
                && !requests.sent(request, clock.rightClock(), clock.blaming(request))) {
            clock.acquitPrevious();
        }
        if (!isBroadcast) {
            return;
        }
        asked = true;
        if (joined == 0) {
            return; // its join is not known: the first event that it receives tells from where it reads
        }
        long after = request.find(AFTER).map(ParticipantCursor::number).orElse(0L);
        findings.expect(
                due.attach(after, joined) || missed.hasStrays(),
                ORDER,
                request,
                () -> "%s asks for events after Lamport time %d without having received the earlier ones"
                        .formatted(name, after));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void answered(LogRecord reply) {
        if (!reply.isOk()) {
            requests.refused(reply, beginsInTheMiddle());
            return;
        }
        List<OpenRequests.Attempt> attempts = requests.accepted(reply, beginsInTheMiddle());
        if (OpenRequests.eventOf(reply).isEmpty()) {
            requests.settled(attempts); // a read, which leads to no event
            return;
        }
        context.expectedEvents().accepted(this, reply, attempts);
        if (reply.rpc().equals("Join")) {
            joined(reply);
        } else if (reply.rpc().equals("Leave")) {
            due.left(reply.lamport());
            present = false;
        }
    }

    private void joined(LogRecord reply) {
        reply.find(EPOCH).ifPresent(epoch -> context.requireEpoch(epoch, reply.place()));
        if (reply.lamport() <= newestEvent) {
            throw new TraceException(
                    ("%s: %s joined at Lamport time %d after it had received an event of %d: the service began a new epoch"
                                    + " between them, and only logs of one epoch can be traced together")
                            .formatted(reply.place(), name, reply.lamport(), newestEvent));
        }
        joined = reply.lamport();
        asked = false;
        present = true;
        requests.joined();
    }

    private void received(LogRecord entry) {
        if (!entry.isEvent()) {
            due.caughtUp(entry.lamport());
        } else if (entry.lamport() <= newestEvent) {
            clock.acquitPrevious();
            missed.stray(entry, newestEvent);
        } else {
            next = entry;
        }
    }

    /** Takes the next event. */
    LogRecord take() {
        LogRecord event = next;
        if (event == null) {
            throw new IllegalStateException("there is no event before " + reader.place());
        }
        boolean isOwnJoin =
                event.isEvent("joined") && name.equals(event.find(FROM).orElse(""));
        if (!due.isOpen() && (joined == 0 || (!asked && present))) {
            due.attach(event.lamport() - 1, joined); // how it asked for events is not known
        }
        findings.expect(
                isOwnJoin || due.includes(event.lamport()),
                ORDER,
                event,
                () -> "%s received %s of Lamport time %d, but was not in the chat then"
                        .formatted(name, MissedEvents.phrase(event), event.lamport()));
        reached(event);
        return event;
    }

    /** The log gives the next event a wrong Lamport time: it is the event of another time. */
    void takeAs(long lamport, Requirement requirement, String problem) {
        LogRecord event = next;
        if (event == null) {
            throw new IllegalStateException("there is no event before " + reader.place());
        }
        findings.violation(requirement, event, problem);
        missed.received(event, lamport);
        newestEvent = Math.max(newestEvent, lamport);
        due.received(newestEvent);
        next = null;
        clock.eventReached();
        missed.eventReached();
    }

    private void reached(LogRecord event) {
        newestEvent = event.lamport();
        due.received(newestEvent);
        next = null;
        clock.eventReached();
        missed.eventReached();
    }

    /** The event of a join appeared: if it is that of the current session, requests of earlier sessions lead to nothing more. */
    void joinMet(long lamport) {
        if (lamport == joined) {
            requests.forgetEarlierSessions();
        }
    }

    /** Whether the participant had to receive an event that its log lacks. */
    boolean lacks(long lamport) {
        return due.isDue(lamport, nextTime()) && !missed.hasReceived(lamport);
    }

    /** It received the event at another place of its log, or with another Lamport time; tells with which words. */
    boolean hasStray(CheckedEvent event, String witnesses) {
        return missed.isStray(event, witnesses);
    }

    /** It did not receive an event that it had to receive. */
    void misses(CheckedEvent event) {
        missed.misses(event, clock.gapHere(), here());
    }

    /** Nobody received an event; that its line is missing here, too, is said elsewhere. */
    void pardon() {
        clock.gapHere().ifPresent(Findings.Finding::withdraw);
    }

    /**
     * The log lacks a request.
     *
     * @param lamport the time of the step that it led to
     */
    void lacksRequest(long sent, long lamport, Requirement requirement, String words) {
        if (missed.explainsOne()) {
            return; // the line may be the damaged one
        }
        Findings.Finding finding = clock.gapAt(sent).orElseGet(() -> findings.missing(requirement, here(), words));
        if (finding.isVague()) {
            finding.say(requirement, words);
        }
        requests.isMissing(sent, lamport, finding);
    }

    /** Whether the log jumps over a clock, so that a line is missing there. */
    boolean clockJumpsOver(long missing) {
        return clock.gapAt(missing).isPresent();
    }

    /** The next event, which is not taken yet. */
    @Nullable
    LogRecord peek() {
        return next;
    }

    /** Whether the participant received all events since a time. */
    boolean knowsAllSince(long lamport) {
        return due.knowsAllSince(lamport);
    }

    /** The line that a missing record would stand before. */
    Place here() {
        LogRecord event = next;
        return event == null ? reader.place() : event.place();
    }

    /** Whether the log's beginning is missing, so that it may lack requests. */
    boolean beginsInTheMiddle() {
        LogRecord known = first;
        return known != null && !(known.rpc().equals("Join") && known.kind() == RecordKind.SEND);
    }

    /** Whether the missing beginning of the log may have had a request. */
    boolean mayHaveSent(long sent) {
        LogRecord known = first;
        return known != null && beginsInTheMiddle() && sent <= known.clock();
    }

    boolean isPresent() {
        return present;
    }

    /** Whether a line of the log is no record. */
    boolean isDamaged() {
        return damaged;
    }

    boolean everJoined() {
        return joined > 0;
    }

    boolean isCut() {
        return ended && reader.isCut();
    }

    long newestEvent() {
        return newestEvent;
    }

    @Override
    public void close() {
        reader.close();
    }
}
