package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.TEXT;
import static io.chittychat.trace.check.Requirement.LEAVES;
import static io.chittychat.trace.check.Requirement.LOGS;
import static io.chittychat.trace.check.Requirement.SERVICE;

import io.chittychat.trace.check.TraceListener.Happening;
import io.chittychat.trace.log.LogFile;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.log.RecordReader;
import io.chittychat.trace.log.ServiceRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all logs of a conversation side by side, in the order of Lamport time: what each participant received increases in it,
 * so at every next time the copies of all who have it are there together, and only those. A request stands in its log before
 * every event that is later than what it led to, so it has been read by then. What is in memory is what was under way at once,
 * however long the logs.
 *
 * <p>Not safe for use by several threads.
 */
public final class SideBySide implements AutoCloseable {

    private final LogSet logs;
    private final TraceListener listener;
    private final Findings findings;
    private final Expectations expectations;
    private final Map<String, Testimony> testimonies = new LinkedHashMap<>();
    private final @Nullable ServiceTestimony service;
    private final EventCheck eventCheck;
    private final ServiceCheck serviceCheck;
    private final Absent absent;
    private TraceResult.Events events = TraceResult.Events.NONE;
    private long previous; // the newest event

    private SideBySide(LogSet logs, TraceListener listener, int mostViolations) {
        this.logs = logs;
        this.listener = listener;
        this.findings = new Findings(mostViolations);
        this.expectations = new Expectations(findings);
        Life life = new Life();
        this.service = logs.service()
                .map(log -> new ServiceTestimony(log, logs.opener(), findings, life))
                .orElse(null);
        Testimony.Context context = new Testimony.Context(findings, life, expectations, listener, service != null);
        logs.participants().forEach((name, log) -> testimonies.put(name, testimony(name, log, context)));
        this.eventCheck = new EventCheck(findings, testimonies, logs.endings().isPresent());
        this.serviceCheck = new ServiceCheck(findings, testimonies);
        this.absent = new Absent(testimonies.keySet());
    }

    private Testimony testimony(String name, LogFile log, Testimony.Context context) {
        return new Testimony(name, problems -> new RecordReader(log, logs.opener(), problems), context);
    }

    /**
     * Checks logs.
     *
     * @param listener is told what happened
     * @param mostViolations how many violations are told; all are counted
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
            meet(lamport);
            expectations.reached(lamport);
            advanceAll();
        }
        testimonies.values().forEach(this::atEnd);
        logs.endings().ifPresent(this::checkEndings);
        long records =
                testimonies.values().stream().mapToLong(Testimony::records).sum();
        return new TraceResult(
                records + (service == null ? 0 : service.records()),
                events,
                findings.verdicts(logs.requirements()),
                absent.names(),
                Stream.concat(absent.notes().stream(), findings.notes().stream())
                        .toList());
    }

    private void advanceAll() {
        testimonies.values().forEach(Testimony::advance);
        if (service != null) {
            service.advance();
        }
    }

    private long next() {
        long earliest = Math.min(expectations.next(), service == null ? Long.MAX_VALUE : service.nextTime());
        for (Testimony participant : testimonies.values()) {
            earliest = Math.min(earliest, participant.nextTime());
        }
        return earliest;
    }

    /** Everything of one Lamport time. */
    private void meet(long lamport) {
        List<LogRecord> copies = new ArrayList<>();
        List<Testimony> receivers = new ArrayList<>();
        boolean known = false;
        for (Testimony participant : testimonies.values()) {
            if (participant.nextTime() == lamport) {
                known |= participant.knowsAllSince(previous);
                receivers.add(participant);
                copies.add(participant.take());
            }
        }
        Expected expected = expectations.take(lamport);
        ServiceRecord step = service == null ? null : service.take(lamport);
        if (step != null && step.eventType().isEmpty() && copies.isEmpty() && expected == null) {
            serviceCheck.checkAttached(step);
            listener.happened(new Happening(lamport, "", step.participant(), step.lamportIn(), "", copies, step));
            return;
        }
        if (!known && !copies.isEmpty() && step == null) {
            eventCheck.roll().forget();
        }
        Subject subject = Subject.of(lamport, copies, expected, step);
        eventCheck.check(subject, copies, receivers);
        checkService(step, subject, expected, copies);
        if (expected != null) {
            expected.met(subject.copy() != null);
        }
        events = events.with(lamport, subject.type());
        absent.seen(subject.from(), lamport);
        previous = lamport;
        tell(subject, copies, expected, step);
    }

    private void checkService(
            @Nullable ServiceRecord step, Subject subject, @Nullable Expected expected, List<LogRecord> copies) {
        if (step != null) {
            serviceCheck.check(step, subject, expected);
        } else if (service != null && service.mustTell(subject.lamport(), subject.type(), subject.sent())) {
            LogRecord witness = copies.isEmpty() && expected != null ? expected.reply() : copies.get(0);
            findings.violation(
                    SERVICE, witness, "the service's log has no record of Lamport time " + subject.lamport());
        }
    }

    private void tell(
            Subject subject, List<LogRecord> copies, @Nullable Expected expected, @Nullable ServiceRecord step) {
        LogRecord copy = subject.copy();
        long sent = subject.sent();
        String text = subject.isMessage() ? "" : subject.sentence();
        if (copy != null) {
            text = copy.find(TEXT).orElse("");
        } else if (expected != null && !expected.attempts().isEmpty()) {
            LogRecord request = expected.attempts().get(0).request();
            sent = request.clock();
            text = request.find(TEXT).orElse(text);
        } else if (step != null) {
            sent = step.lamportIn();
        }
        listener.happened(new Happening(subject.lamport(), subject.type(), subject.from(), sent, text, copies, step));
    }

    private void atEnd(Testimony participant) {
        listener.ended(participant.name(), participant.isPresent());
        boolean watched = logs.endings()
                .map(all -> all.get(participant.name()) == Ending.LEFT)
                .orElse(false);
        if (participant.isCut() && watched) {
            findings.violation(LOGS, participant.here(), "the last line is cut");
        } else if (participant.isCut()) {
            findings.note(participant.here() + ": the last line is cut; its writer was killed, or is writing it");
        }
        if (participant.beginsInTheMiddle()) {
            findings.note("the log of %s does not begin with a Join: what was before its beginning is not checked"
                    .formatted(participant.name()));
        } else if (!participant.everJoined() && logs.endings().isEmpty()) {
            findings.note(participant.name() + " never joined, as far as its log goes");
        }
    }

    private void checkEndings(Map<String, Ending> endings) {
        endings.forEach((name, ending) -> {
            Testimony participant = testimonies.get(name);
            if (participant == null || !participant.everJoined()) {
                LogFile log = logs.participants().get(name);
                Place whole = new Place(log == null ? java.nio.file.Path.of(name) : log.file(), 0);
                findings.violation(LOGS, whole, name + " has no accepted join");
            } else if (ending == Ending.LEFT && participant.isPresent()) {
                findings.violation(LEAVES, participant.here(), name + " never took leave");
            } else if (ending == Ending.KILLED
                    && participant.isPresent()
                    && !eventCheck.roll().isGone(name)) {
                checkThatNobodyRemained(participant, testimonies.values());
            }
        });
    }

    private void checkThatNobodyRemained(Testimony gone, Collection<Testimony> all) {
        all.stream()
                .filter(other -> other != gone && other.newestEvent() > gone.newestEvent())
                .forEach(other -> findings.violation(
                        LEAVES, other.here(), "%s was never told that %s left".formatted(other.name(), gone.name())));
    }

    @Override
    public void close() {
        testimonies.values().forEach(Testimony::close);
        if (service != null) {
            service.close();
        }
    }
}
