package io.chittychat.trace.check;

import static io.chittychat.trace.check.Requirement.CLOCKS;

import io.chittychat.trace.check.Findings.Finding;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lamport's clock, as one participant's log shows it: one more for each request, and {@code max(own, received) + 1} for each
 * record with a time of the service. A Join may begin later, since one process can join under several names one after the
 * other, or at 1, since another process may continue the log.
 *
 * <p>The line after a wrong one tells what is wrong with it: if it goes on from the logged clock, a line is missing before; if it
 * goes on from the right one, only the number is wrong; if it goes on from the clock before, the line does not belong there.
 *
 * <p>Not safe for use by several threads.
 *
 * @see <a href="https://doi.org/10.1145/359545.359563">L. Lamport, Time, Clocks, and the Ordering of Events in a Distributed
 *     System</a>
 */
final class ClockRule {

    private static final int MOST_REMEMBERED = 100;

    /** Clocks that no line has, because lines are missing or stand elsewhere. */
    private record Gap(long after, long before, Finding finding) {}

    private final String name;
    private final Findings findings;
    private final Deque<Gap> gaps = new ArrayDeque<>();
    private final Deque<Long> early = new ArrayDeque<>(); // clocks of lines that stand too early
    private long clock;
    private long clockBefore; // before the last step
    private String wrong = ""; // what can be said of the last step
    private long right; // what the last step should have led to
    private boolean sure; // no record is missing since the last one
    private @Nullable LogRecord last;
    private @Nullable Finding suspect; // what was said of the last step
    private @Nullable Finding accused; // what the last step showed of the one before
    private @Nullable Finding gap; // the first suspicion since the last event

    /** @param name the writer of the log */
    ClockRule(String name, Findings findings) {
        this.name = name;
        this.findings = findings;
    }

    /** A line before the next record is unreadable. */
    void lineMissing() {
        sure = false;
    }

    /** The next event was reached. */
    void eventReached() {
        gap = null;
    }

    /** What is known to be missing since the last event. */
    Optional<Finding> gapHere() {
        return Optional.ofNullable(gap).filter(Finding::isVague);
    }

    /** What is known to be missing where the log jumps over a clock. */
    Optional<Finding> gapAt(long missing) {
        return gaps.stream()
                .filter(known -> known.after() < missing && missing < known.before())
                .map(Gap::finding)
                .filter(Finding::isVague)
                .findFirst();
    }

    /** The clock that the last step should have, according to the one before. */
    long rightClock() {
        return right;
    }

    /** What to do if it turns out that the last step has a wrong clock, and the line before it is right. */
    Runnable blaming(LogRecord step) {
        Finding other = accused;
        String words = wrong;
        return () -> {
            if (other != null && other.isVague()) {
                other.withdraw();
            }
            findings.violation(CLOCKS, step, words);
        };
    }

    /** The last step stands in the wrong place itself, so the line before it is right. */
    void acquitPrevious() {
        Optional.ofNullable(accused).filter(Finding::isVague).ifPresent(Finding::withdraw);
    }

    void check(LogRecord step) {
        accused = null;
        if (!step.hasClock()) {
            clock = step.clock();
            right = clock;
            sure = false;
            return;
        }
        boolean begins = step.kind() == RecordKind.SEND
                && step.rpc().equals("Join")
                && (step.clock() == 1 || step.clock() > clock);
        long expected = next(step, clock);
        wrong = step.clock() == expected ? "" : words(step, expected);
        Finding found = null;
        if (begins || (!sure && step.clock() > clock) || step.clock() == expected) {
            fits(step, begins);
        } else if (suspect != null && (step.clock() == next(step, right) || step.clock() == next(step, clockBefore))) {
            early.add(clock); // the last line alone was wrong
            expected = step.clock();
        } else if (followsEarly(step)) {
            expected = step.clock();
        } else if (sure && last != null && suspect == null && step.clock() == next(step, clockBefore)) {
            accused = findings.suspicion(
                    CLOCKS,
                    last.place(),
                    "the next line goes on from the clock that %s had before this line, %d: this line does not belong here"
                            .formatted(name, clockBefore));
        } else {
            found = misfits(step, expected);
        }
        clockBefore = clock;
        clock = step.clock();
        right = expected;
        suspect = found;
        last = step;
        sure = true;
        trim();
    }

    private void fits(LogRecord step, boolean begins) {
        findings.evidence(CLOCKS);
        if (suspect != null && !begins && clock > right && step.clock() != next(step, right)) {
            suspect.add("; a line seems to be missing before it");
        }
    }

    private boolean followsEarly(LogRecord step) {
        return early.removeIf(other -> other >= clock && step.clock() == next(step, other));
    }

    private Finding misfits(LogRecord step, long expected) {
        if (step.clock() <= clock) {
            gapAt(step.clock()).ifPresent(Finding::withdraw); // the line stands here
        }
        Finding said = findings.suspicion(CLOCKS, step.place(), words(step, expected));
        if (step.clock() > expected) {
            gaps.add(new Gap(clock, step.clock(), said));
        }
        if (gap == null) {
            gap = said;
        }
        return said;
    }

    private String words(LogRecord step, long expected) {
        String rule =
                switch (step.kind()) {
                    case SEND -> "Lamport's rule gives %d + 1 = %d".formatted(clock, expected);
                    case REPLY, RECEIVE, END ->
                        step.carriesLamport()
                                ? "Lamport's rule gives max(%d, %d) + 1 = %d".formatted(clock, step.lamport(), expected)
                                : "it was %d, and this step does not move it".formatted(clock);
                };
        return "the clock of %s is %d here, but %s".formatted(name, step.clock(), rule);
    }

    private static long next(LogRecord step, long from) {
        if (step.kind() == RecordKind.SEND) {
            return from + 1;
        }
        return step.carriesLamport() ? Math.max(from, step.lamport()) + 1 : from;
    }

    private void trim() {
        if (gaps.size() > MOST_REMEMBERED) {
            gaps.removeFirst();
        }
        if (early.size() > MOST_REMEMBERED) {
            early.removeFirst();
        }
    }
}
