package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.TEXT;
import static io.chittychat.trace.check.Requirement.LEAVES;
import static io.chittychat.trace.check.Requirement.LOGS;

import io.chittychat.trace.check.LogSet.KnownEnd;
import io.chittychat.trace.check.TraceListener.ServiceStep;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.log.RecordReader;
import io.chittychat.trace.log.RotatedLog;
import io.chittychat.trace.log.ServiceRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all logs of a conversation side by side, in the order of Lamport time. The times of received events increase in each
 * log, so at each next time exactly the copies of one event are available. A request stands in its log before every event
 * later than its own, so it has been read by then. Memory holds only the requests under way, however long the logs are.
 *
 * <p>Not safe for use by several threads.
 */
public final class SideBySide implements AutoCloseable {

    private final LogSet logs;
    private final ConcurrentMessages concurrent = new ConcurrentMessages();
    private final TraceListener listener;
    private final Findings findings;
    private final ExpectedEvents expectedEvents;
    private final Map<String, ParticipantCursor> cursors = new LinkedHashMap<>();
    private final ServiceCursors services;
    private final EventCheck eventCheck;
    private final ServiceCheck serviceCheck;
    private final Misnumbering misnumbering;
    private final MissingLogs missing;
    private TraceResult.Events events = TraceResult.Events.NONE;
    private long previous; // the newest event

    private SideBySide(LogSet logs, TraceListener listener, int mostViolations) {
        this.logs = logs;
        this.listener = TraceListener.both(concurrent, listener);
        this.findings = new Findings(mostViolations);
        CheckContext context =
                new CheckContext(findings, this.listener, !logs.services().isEmpty());
        this.expectedEvents = context.expectedEvents();
        this.services = new ServiceCursors(logs, context);
        logs.participants().forEach((name, log) -> cursors.put(name, cursor(name, log, context)));
        this.serviceCheck = new ServiceCheck(findings, cursors, logs.services().size() > 1);
        this.eventCheck =
                new EventCheck(findings, serviceCheck, cursors, logs.ends().isPresent());
        this.misnumbering = new Misnumbering(findings, cursors, services, expectedEvents);
        this.missing = new MissingLogs(cursors.keySet());
    }

    private ParticipantCursor cursor(String name, RotatedLog log, CheckContext context) {
        return new ParticipantCursor(name, problems -> new RecordReader(log, logs.opener(), problems), context);
    }

    /**
     * Checks logs.
     *
     * @param listener receives the steps
     * @param mostViolations how many violations are kept; all are counted
     * @throws TraceException if they cannot be read side by side
     */
    public static TraceResult check(LogSet logs, TraceListener listener, int mostViolations) {
        try (SideBySide reading = new SideBySide(logs, listener, mostViolations)) {
            return reading.read();
        }
    }

    private TraceResult read() {
        advanceAll();
        for (long lamport = next(); lamport < Long.MAX_VALUE; lamport = next()) {
            if (misnumbering.remains(lamport)) {
                meet(lamport);
            }
            expectedEvents.reached(lamport);
            advanceAll();
        }
        cursors.values().forEach(this::atEnd);
        logs.ends().ifPresent(this::checkEnds);
        long records =
                cursors.values().stream().mapToLong(ParticipantCursor::records).sum();
        return new TraceResult(
                records + services.records(),
                events,
                concurrent.found(),
                findings.verdicts(logs.requirements()),
                missing.names(),
                Stream.concat(missing.notes().stream(), findings.notes().stream())
                        .toList());
    }

    private void advanceAll() {
        cursors.values().forEach(ParticipantCursor::advance);
        services.advance();
    }

    private long next() {
        long earliest = Math.min(expectedEvents.next(), services.nextTime());
        for (ParticipantCursor participant : cursors.values()) {
            earliest = Math.min(earliest, participant.nextTime());
        }
        return earliest;
    }

    /** Checks all records of one Lamport time. */
    private void meet(long lamport) {
        List<LogRecord> copies = new ArrayList<>();
        List<ParticipantCursor> receivers = new ArrayList<>();
        boolean known = false;
        for (ParticipantCursor participant : cursors.values()) {
            if (participant.nextTime() == lamport) {
                known |= participant.knowsAllSince(previous);
                receivers.add(participant);
                copies.add(participant.take());
            }
        }
        ExpectedEvents.Expected expected = expectedEvents.take(lamport);
        List<ServiceRecord> told = services.take(lamport);
        ServiceRecord step = ServiceCheck.first(told, copies);
        if (step != null && step.eventType().isEmpty() && copies.isEmpty() && expected == null) {
            serviceCheck.checkAttached(step);
            listener.happened(new ServiceStep(lamport, "", step.participant(), step.lamportIn(), "", copies, step));
            return;
        }
        if (!known && !copies.isEmpty() && step == null) {
            eventCheck.present().forget();
        }
        CheckedEvent event = CheckedEvent.of(lamport, copies, expected, step, this::isRequested);
        if (!eventCheck.check(event, copies, receivers, expected, step)) {
            tell(event, copies, expected, step);
            return; // it is in no place of the order
        }
        checkService(step, event, expected);
        told.stream().filter(other -> other != step).forEach(other -> serviceCheck.checkRepeat(other, event));
        if (expected != null) {
            expected.met(event.copy() != null);
        }
        events = events.with(lamport, event.type());
        missing.seen(event.from(), lamport);
        previous = lamport;
        tell(event, copies, expected, step);
    }

    private void checkService(
            @Nullable ServiceRecord step, CheckedEvent event, ExpectedEvents.@Nullable Expected expected) {
        if (step != null) {
            serviceCheck.check(step, event, expected);
        } else if (services.mustHave(event.lamport(), event.type(), event.sent())) {
            services.misses(event.lamport(), serviceCheck.missing(event));
        }
    }

    /** Whether the log of its author has the request that led to an event. */
    private boolean isRequested(LogRecord copy) {
        ParticipantCursor author = cursors.get(copy.find(FROM).orElse(""));
        return author != null && author.requests().hasLedTo(copy.find(EVENT).orElse(""), copy.sent());
    }

    private void tell(
            CheckedEvent event,
            List<LogRecord> copies,
            ExpectedEvents.@Nullable Expected expected,
            @Nullable ServiceRecord step) {
        LogRecord copy = event.copy();
        long sent = event.sent();
        String text = event.isMessage() ? "" : event.sentence();
        if (copy != null) {
            text = copy.find(TEXT).orElse("");
        } else if (expected != null && !expected.attempts().isEmpty()) {
            LogRecord request = expected.attempts().get(0).request();
            sent = request.clock();
            text = request.find(TEXT).orElse(text);
        } else if (step != null) {
            sent = step.lamportIn();
        }
        listener.happened(new ServiceStep(event.lamport(), event.type(), event.from(), sent, text, copies, step));
    }

    private void atEnd(ParticipantCursor participant) {
        listener.ended(participant.name(), participant.isPresent());
        boolean watched = logs.ends()
                .map(all -> all.get(participant.name()) == KnownEnd.LEFT)
                .orElse(false);
        if (participant.isCut() && watched) {
            findings.violation(LOGS, participant.here(), "the last line of %s is cut".formatted(participant.name()));
        } else if (participant.isCut()) {
            findings.note(
                    participant.here() + ": the last line has no end: its writer was killed, or is still writing");
        }
        if (participant.beginsInTheMiddle()) {
            findings.note("the log of %s does not begin with a Join: earlier steps are not checked"
                    .formatted(participant.name()));
        } else if (!participant.everJoined() && logs.ends().isEmpty()) {
            findings.note("the log of " + participant.name() + " has no accepted Join");
        }
    }

    private void checkEnds(Map<String, KnownEnd> ends) {
        ends.forEach((name, end) -> {
            ParticipantCursor participant = cursors.get(name);
            if (participant == null || !participant.everJoined()) {
                RotatedLog log = logs.participants().get(name);
                Place whole = new Place(log == null ? Path.of(name) : log.file(), 0);
                if (participant == null || !participant.isDamaged()) {
                    findings.violation(LOGS, whole, name + " has no accepted Join")
                            .say(LOGS, name + " has no accepted Join");
                }
            } else if (end == KnownEnd.LEFT && participant.isPresent()) {
                findings.violation(LEAVES, participant.here(), name + " never left");
            } else if (end == KnownEnd.KILLED
                    && participant.isPresent()
                    && !eventCheck.present().isGone(name)) {
                requireNoLaterEvent(participant);
            }
        });
    }

    /** A participant that received later events must have received the leave. */
    private void requireNoLaterEvent(ParticipantCursor gone) {
        cursors.values().stream()
                .filter(other -> other != gone && other.newestEvent() > gone.newestEvent())
                .forEach(other -> findings.violation(
                        LEAVES,
                        other.here(),
                        "%s did not receive the leave of %s".formatted(other.name(), gone.name())));
    }

    @Override
    public void close() {
        cursors.values().forEach(ParticipantCursor::close);
        services.close();
    }
}
