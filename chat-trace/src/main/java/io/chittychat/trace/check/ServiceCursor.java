package io.chittychat.trace.check;

import static io.chittychat.trace.check.Requirement.SERVICE;

import io.chittychat.text.LogFormatException;
import io.chittychat.trace.log.LogLines;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.log.RecordReader;
import io.chittychat.trace.log.RotatedLog;
import io.chittychat.trace.log.ServiceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the service's log from step to step. One thread writes the steps in their order, so their times increase; an older time
 * belongs to a repeated request. Other threads write other lines between them, whose order means nothing.
 *
 * <p>Not safe for use by several threads.
 */
final class ServiceCursor implements AutoCloseable {

    private static final int MOST_REMEMBERED = 100;

    private final RotatedLog log;
    private final LogLines lines;
    private final Findings findings;
    private final CheckContext context;
    private final Set<Long> misnumbered = // the right times of steps with wrong ones
            Collections.newSetFromMap(Bounded.map(MOST_REMEMBERED));
    private final Map<Long, Findings.Finding> missing = Bounded.map(MOST_REMEMBERED); // steps, by their times
    private @Nullable ServiceRecord next;
    private long first;
    private long newest;
    private long records;
    private boolean recordsExpiries;
    private @Nullable ServiceRecord start; // the newest start that was read

    ServiceCursor(RotatedLog log, LogLines.Opener opener, CheckContext context) {
        this.log = log;
        this.lines = new LogLines(log, opener);
        this.findings = context.findings();
        this.context = context;
    }

    long records() {
        return records;
    }

    /** The time of the next step; {@link Long#MAX_VALUE} if there is none. */
    long nextTime() {
        ServiceRecord step = next;
        return step == null ? Long.MAX_VALUE : step.lamportOut();
    }

    /** The next step, which is not taken yet. */
    @Nullable
    ServiceRecord peek() {
        return next;
    }

    /** The next step has a wrong time, and is that of another one. */
    void takeAs(ServiceRecord step, long lamport) {
        if (next == step) {
            next = null;
            first = first == 0 ? lamport : first;
            misnumbered.add(lamport);
        }
    }

    /** The line that a missing step would stand before. */
    Place here() {
        ServiceRecord step = next;
        return step == null ? lines.place() : step.place();
    }

    /** The log lacks the step of a time. */
    void misses(long lamport, String what) {
        missing.put(lamport, findings.violation(SERVICE, here(), what));
    }

    /** Takes the step of a time, if that is the next one. */
    @Nullable
    ServiceRecord take(long lamport) {
        ServiceRecord step = next;
        if (step == null || step.lamportOut() != lamport) {
            return null;
        }
        next = null;
        return step;
    }

    /**
     * Whether the log must have a record of an event. Records are missing before the log's beginning and after its end, and
     * just before the service was killed, since it writes many lines at once.
     */
    boolean mustHave(long lamport, String type, long sent) {
        return first > 0
                && first < lamport
                && next != null
                && !misnumbered.contains(lamport)
                && !wasLostInRestart(lamport)
                && (recordsExpiries || !type.equals("left") || sent > 0);
    }

    /** Whether a time without a step lies between the last step before a restart and the clock at the restart. */
    private boolean wasLostInRestart(long lamport) {
        ServiceRecord began = start;
        if (began == null || lamport > began.lamportOut()) {
            return false;
        }
        findings.note(
                "%s: the service restarted, and its log lacks its last steps before that".formatted(began.place()));
        return true;
    }

    /** Reads up to the next step. */
    void advance() {
        try {
            while (next == null && lines.next()) {
                String line = lines.text();
                if (ServiceRecord.claims(line)) {
                    read(lines.place(), line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log.file(), e);
        }
    }

    private void read(Place place, String line) {
        ServiceRecord entry;
        try {
            entry = ServiceRecord.parse(place, line);
        } catch (LogFormatException e) {
            findings.violation(SERVICE, place, RecordReader.noRecord("the service's log", e.problem(), line));
            return;
        }
        records++;
        entry.epoch().ifPresent(epoch -> {
            recordsExpiries = true;
            start = entry;
            context.requireEpoch(epoch, place);
        });
        if (!entry.isStep()) {
            return;
        }
        if (entry.lamportOut() > newest) {
            newest = entry.lamportOut();
            first = first == 0 ? newest : first;
            next = entry;
            return;
        }
        Findings.Finding known = missing.remove(entry.lamportOut());
        if (known != null) {
            known.withdraw();
        }
        if (known != null || !entry.isRepeatable()) {
            findings.violation(
                    SERVICE,
                    place,
                    "the service's log has Lamport time %d after %d: the time does not increase"
                            .formatted(entry.lamportOut(), newest));
        }
    }

    boolean isCut() {
        return lines.isCut();
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + log.file(), e);
        }
    }
}
