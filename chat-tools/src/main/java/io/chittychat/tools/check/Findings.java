package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;
import java.util.ArrayList;
import java.util.List;

/** Collects what one check finds. Not safe for use by several threads. */
final class Findings {

    private final List<Violation> violations = new ArrayList<>();
    private int evidence;

    void evidence() {
        evidence(1);
    }

    void evidence(int count) {
        evidence += count;
    }

    void violation(LogRecord at, String what) {
        violations.add(new Violation(at.file(), at.line(), what));
    }

    void violation(Stay in, int line, String what) {
        violations.add(new Violation(in.log().file(), line, what));
    }

    /** Counts as evidence if it holds, as a violation if not. */
    void expect(boolean holds, LogRecord at, String whatIfNot) {
        if (holds) {
            evidence();
        } else {
            violation(at, whatIfNot);
        }
    }

    Verdict verdict(Requirement requirement) {
        return new Verdict(requirement, evidence, List.copyOf(violations));
    }
}
