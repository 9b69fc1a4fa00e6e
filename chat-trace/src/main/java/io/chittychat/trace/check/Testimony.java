package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.AFTER;
import static io.chittychat.text.LogKeys.EPOCH;
import static io.chittychat.text.LogKeys.REASON;
import static io.chittychat.trace.check.Requirement.LOGS;
import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.log.RecordReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one participant's log tells, read on from event to event: it always stands before the next event that the
 * participant received, and everything before that is taken account of.
 *
 * <p>Not safe for use by several threads.
 */
final class Testimony implements AutoCloseable {

    /** What several logs have in common. */
    record Context(Findings findings, Life life, Expectations expectations, TraceListener listener, boolean service) {}

    private final String name;
    private final RecordReader reader;
    private final Context context;
    private final Findings findings;
    private final ClockRule clock;
    private final Requests requests;
    private final Owed owed = new Owed();

    private @Nullable LogRecord next; // the next event, not taken yet
    private @Nullable LogRecord first;
    private boolean ended;
    private long records;
    private long newestEvent;
    private long joined; // Lamport time of the join of the present session; 0 before the first
    private boolean present; // in a session, as far as it knows

    Testimony(String name, ReaderFactory factory, Context context) {
        this.name = name;
        this.context = context;
        this.findings = context.findings();
        this.clock = new ClockRule(findings);
        this.requests = new Requests(findings);
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

    Requests requests() {
        return requests;
    }

    long records() {
        return records;
    }

    /** The Lamport time of the next event; the largest number there is if there is none. */
    long nextTime() {
        LogRecord event = next;
        return event == null ? Long.MAX_VALUE : event.lamport();
    }

    /** Reads on up to the next event. */
    void advance() {
        while (next == null && !ended) {
            LogRecord read = reader.next();
            if (read == null) {
                ended = true;
            } else {
                account(read);
            }
        }
    }

    private void account(LogRecord entry) {
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
                    owed.broken(entry.find(REASON)
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
        if (context.service()) {
            requests.sent(request);
        }
        long after = request.find(AFTER).map(Testimony::number).orElse(0L);
        findings.expect(
                owed.attach(after, joined),
                ORDER,
                request,
                () -> "asks for what comes after %d, and has not received what was before that".formatted(after));
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
        List<Requests.Attempt> attempts = requests.accepted(reply, beginsInTheMiddle());
        if (Requests.eventOf(reply.rpc()).isEmpty()) {
            requests.settled(attempts); // a read, which leads to nothing
            return;
        }
        context.expectations().accepted(this, reply, attempts);
        if (reply.rpc().equals("Join")) {
            joined(reply);
        } else if (reply.rpc().equals("Leave")) {
            owed.left(reply.lamport());
            present = false;
        }
    }

    private void joined(LogRecord reply) {
        reply.find(EPOCH).ifPresent(epoch -> context.life().require(epoch, reply.place()));
        if (reply.lamport() <= newestEvent) {
            throw new TraceException(
                    ("%s: %s joined at Lamport time %d after it had received an event of %d: the service began a new life"
                                    + " between them, and only logs of one life can be traced together")
                            .formatted(reply.place(), name, reply.lamport(), newestEvent));
        }
        joined = reply.lamport();
        present = true;
        requests.joined();
    }

    private void received(LogRecord entry) {
        if (!entry.isEvent()) {
            owed.caughtUp(entry.lamport());
        } else if (entry.lamport() <= newestEvent) {
            findings.violation(
                    ORDER,
                    entry,
                    "Lamport time %d follows %d: it does not increase".formatted(entry.lamport(), newestEvent));
        } else {
            next = entry;
        }
    }

    /** Takes the event that it stands before. */
    LogRecord take() {
        LogRecord event = next;
        if (event == null) {
            throw new IllegalStateException("there is no event before " + reader.place());
        }
        if (joined == 0 && beginsInTheMiddle()) {
            owed.attach(event.lamport() - 1, 0);
        }
        findings.expect(
                owed.includes(event.lamport()),
                ORDER,
                event,
                () -> "Lamport time %d is outside %s's stay".formatted(event.lamport(), name));
        newestEvent = event.lamport();
        owed.received(newestEvent);
        next = null;
        return event;
    }

    /** One of its joins was met: if that is of the present session, nothing more can come of what was asked for before. */
    void joinMet(long lamport) {
        if (lamport == joined) {
            requests.forgetEarlierSessions();
        }
    }

    /** Whether an event that it does not have was owed to it. */
    boolean lacks(long lamport) {
        return owed.isOwed(lamport, next != null);
    }

    /** Whether it received everything from a time on until now. */
    boolean knowsAllSince(long lamport) {
        return owed.knowsAllSince(lamport);
    }

    /** The line before which something is missing now. */
    Place here() {
        LogRecord event = next;
        return event == null ? reader.place() : event.place();
    }

    /** Whether its beginning is missing, so that more was asked for than the log tells. */
    boolean beginsInTheMiddle() {
        LogRecord known = first;
        return known != null && !(known.rpc().equals("Join") && known.kind() == io.chittychat.trace.log.Kind.SEND);
    }

    /** Whether a request that it does not have may have been in the part that is missing. */
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
