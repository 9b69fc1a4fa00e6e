package io.chittychat.trace.check;

import static io.chittychat.trace.check.Requirement.SERVICE;

import io.chittychat.text.LogFormatException;
import io.chittychat.trace.log.LogFile;
import io.chittychat.trace.log.LogLines;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.log.ServiceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What the service's log tells, read on from step to step. Its steps are written by one thread in the order in which they
 * were taken, so their times increase; an older time is that of a request that was repeated. What lies between was written
 * by any thread, and nothing is taken from its place.
 *
 * <p>Not safe for use by several threads.
 */
final class ServiceTestimony implements AutoCloseable {

    private final LogFile log;
    private final LogLines lines;
    private final Findings findings;
    private final Life life;
    private @Nullable ServiceRecord next;
    private long first;
    private long newest;
    private long records;
    private boolean tellsExpiries;
    private @Nullable ServiceRecord start; // the newest that was read

    ServiceTestimony(LogFile log, LogLines.Opener opener, Findings findings, Life life) {
        this.log = log;
        this.lines = new LogLines(log, opener);
        this.findings = findings;
        this.life = life;
    }

    long records() {
        return records;
    }

    /** The time of the next step; the largest number there is if there is none. */
    long nextTime() {
        ServiceRecord step = next;
        return step == null ? Long.MAX_VALUE : step.lamportOut();
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
     * Whether it must tell of an event: what was before its beginning or after its end it does not, nor the last that was
     * recorded before it was killed, since it writes lines many at a time.
     */
    boolean mustTell(long lamport, String type, long sent) {
        return first > 0
                && first < lamport
                && next != null
                && !isOfAnEnd(lamport)
                && (tellsExpiries || !type.equals("left") || sent > 0);
    }

    /** Whether a time that no step has lies between the last step before a start and what the clock had then. */
    private boolean isOfAnEnd(long lamport) {
        ServiceRecord began = start;
        if (began == null || lamport > began.lamportOut()) {
            return false;
        }
        findings.note(
                "%s: the service began anew, and what it last did before is not in its log".formatted(began.place()));
        return true;
    }

    /** Reads on up to the next step. */
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
            findings.violation(SERVICE, place, e.problem());
            return;
        }
        records++;
        entry.epoch().ifPresent(epoch -> {
            tellsExpiries = true;
            start = entry;
            life.require(epoch, place);
        });
        if (!entry.isStep()) {
            return;
        }
        if (entry.lamportOut() > newest) {
            newest = entry.lamportOut();
            first = first == 0 ? newest : first;
            next = entry;
        } else if (!isRepeatable(entry)) {
            findings.violation(
                    SERVICE,
                    place,
                    "Lamport time %d follows %d: it does not increase".formatted(entry.lamportOut(), newest));
        }
    }

    private static boolean isRepeatable(ServiceRecord entry) {
        return switch (entry.what()) {
            case "Join", "Publish", "PublishStream" -> true;
            default -> false;
        };
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
