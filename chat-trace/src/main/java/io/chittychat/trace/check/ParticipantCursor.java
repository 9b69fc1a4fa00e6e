package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.AFTER;
import static io.chittychat.text.LogKeys.EPOCH;
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

    private @Nullable LogRecord next; // the next event, not taken yet
    private @Nullable LogRecord first;
    private boolean ended;
    private long records;
    private long newestEvent;
    private long joined; // Lamport time of the join of the present session; 0 before the first
    private boolean present; // in a session, according to this log

    ParticipantCursor(String name, ReaderFactory factory, CheckContext context) {
        this.name = name;
        this.context = context;
        this.findings = context.findings();
        this.clock = new ClockRule(findings);
        this.requests = new OpenRequests(findings);
        this.reader = factory.open(this::damaged);
    }

    /** Opens the log. */
    interface ReaderFactory {
        RecordReader open(RecordReader.Problems problems);
    }

    private void damaged(Place place, String what) {
        findings.violation(LOGS, place, what);
        clock.lineMissing();
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
        if (first == null) {
            first = entry;
        }
        findings.expect(
                entry.participant().equals(name),
                LOGS,
                entry,
                () -> "is a record of %s in the log of %s".formatted(entry.participant(), name));
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
        if (!request.rpc().equals("Broadcast")) {
            requests.sent(request);
            return;
        }
        if (context.withService()) {
            requests.sent(request);
        }
        long after = request.find(AFTER).map(ParticipantCursor::number).orElse(0L);
        findings.expect(
                due.attach(after, joined),
                ORDER,
                request,
                () -> "asks for events after %d without having received the earlier ones".formatted(after));
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
        if (OpenRequests.eventOf(reply.rpc()).isEmpty()) {
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
        present = true;
        requests.joined();
    }

    private void received(LogRecord entry) {
        if (!entry.isEvent()) {
            due.caughtUp(entry.lamport());
        } else if (entry.lamport() <= newestEvent) {
            findings.violation(
                    ORDER,
                    entry,
                    "Lamport time %d follows %d: it does not increase".formatted(entry.lamport(), newestEvent));
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
        if (joined == 0 && beginsInTheMiddle()) {
            due.attach(event.lamport() - 1, 0);
        }
        findings.expect(
                due.includes(event.lamport()),
                ORDER,
                event,
                () -> "Lamport time %d is outside the stay of %s".formatted(event.lamport(), name));
        newestEvent = event.lamport();
        due.received(newestEvent);
        next = null;
        return event;
    }

    /** The event of a join appeared: if it is that of the current session, requests of earlier sessions lead to nothing more. */
    void joinMet(long lamport) {
        if (lamport == joined) {
            requests.forgetEarlierSessions();
        }
    }

    /** Whether the participant had to receive an event that its log lacks. */
    boolean lacks(long lamport) {
        return due.isDue(lamport, nextTime());
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
