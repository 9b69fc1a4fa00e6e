package io.chittychat.trace.check;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Collects evidence and violations, at most one violation for each line. All are counted, the first violations are kept. Not
 * safe for use by several threads.
 */
final class Findings {

    /** The lines that are remembered: what else is said of the same line comes soon. */
    private static final int LINES_REMEMBERED = 1_000;

    /** A line, or the place before it, where another line is missing. */
    private record Spot(Place at, boolean before) {}

    private static final class Found {
        private long evidence;
        private long count;
    }

    /** A violation that was found. Its words may become more exact, and it may prove to be none, while reading goes on. */
    final class Finding {
        private final Place at;
        private Requirement requirement;
        private String what;
        private boolean vague;
        private boolean withdrawn;

        private Finding(Requirement requirement, Place at, String what, boolean vague) {
            this.requirement = requirement;
            this.at = at;
            this.what = what;
            this.vague = vague;
            of(requirement).count++;
        }

        /** Its place. */
        Place at() {
            return at;
        }

        /** Says it more exactly. */
        void say(Requirement about, String words) {
            if (!withdrawn) {
                of(requirement).count--;
                of(about).count++;
            }
            requirement = about;
            what = words;
            vague = false;
        }

        private Finding saying(Requirement about, String words) {
            say(about, words);
            return this;
        }

        /** Whether a more exact violation of the same line replaces it. */
        boolean isVague() {
            return vague && !withdrawn;
        }

        /** Adds to a vague violation, which remains vague. */
        void add(String words) {
            if (isVague()) {
                what += words;
            }
        }

        /** It is none. */
        void withdraw() {
            if (!withdrawn) {
                withdrawn = true;
                of(requirement).count--;
            }
        }
    }

    private final int most;
    private final Map<Requirement, Found> found = new EnumMap<>(Requirement.class);
    private final List<Finding> kept = new ArrayList<>();
    private final Map<Spot, Finding> recent = Bounded.map(LINES_REMEMBERED);
    private final List<String> notes = new ArrayList<>();

    /** @param most how many violations are kept */
    Findings(int most) {
        this.most = most;
        for (Requirement requirement : Requirement.values()) {
            found.put(requirement, new Found());
        }
    }

    void evidence(Requirement requirement) {
        of(requirement).evidence++;
    }

    Finding violation(Requirement requirement, LogRecord at, String what) {
        return violation(requirement, at.place(), what);
    }

    /** A line is wrong. If something exact has been said of it, that remains. */
    Finding violation(Requirement requirement, Place at, String what) {
        return violation(requirement, new Spot(at, false), what);
    }

    /** A line is missing before another one. */
    Finding missing(Requirement requirement, Place before, String what) {
        return violation(requirement, new Spot(before, true), what);
    }

    private Finding violation(Requirement requirement, Spot spot, String what) {
        Finding before = recent.get(spot);
        if (before == null || before.withdrawn) {
            before = recent.get(new Spot(spot.at(), false));
            return before != null && before.isVague()
                    ? before.saying(requirement, what)
                    : add(spot, new Finding(requirement, spot.at(), what, false));
        }
        return before.vague ? before.saying(requirement, what) : before;
    }

    /** A line is wrong, and what follows may tell in which way. */
    Finding suspicion(Requirement requirement, Place at, String what) {
        Spot spot = new Spot(at, false);
        Finding before = recent.get(spot);
        return before == null || before.withdrawn ? add(spot, new Finding(requirement, at, what, true)) : before;
    }

    private Finding add(Spot spot, Finding finding) {
        recent.put(spot, finding);
        if (kept.size() >= most) {
            kept.removeIf(other -> other.withdrawn);
        }
        if (kept.size() < most) {
            kept.add(finding);
        }
        return finding;
    }

    /** Whether a violation of the line, or of what is missing before it, is known. */
    boolean isBlamed(Place at) {
        return isKnown(new Spot(at, false)) || isKnown(new Spot(at, true));
    }

    private boolean isKnown(Spot spot) {
        Finding known = recent.get(spot);
        return known != null && !known.withdrawn;
    }

    /** Counts evidence if the condition holds, a violation otherwise. */
    void expect(boolean holds, Requirement requirement, LogRecord at, Supplier<String> whatIfNot) {
        if (holds) {
            evidence(requirement);
        } else {
            violation(requirement, at, whatIfNot.get());
        }
    }

    /** Adds a note for the user that is not a violation. */
    void note(String note) {
        if (notes.contains(note)) {
            return;
        }
        notes.add(note);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    List<RequirementVerdict> verdicts(Collection<Requirement> requirements) {
        return requirements.stream()
                .map(requirement -> new RequirementVerdict(
                        requirement, of(requirement).evidence, of(requirement).count, kept(requirement)))
                .toList();
    }

    private List<Violation> kept(Requirement requirement) {
        return kept.stream()
                .filter(finding -> finding.requirement == requirement && !finding.withdrawn)
                .map(finding -> new Violation(finding.at.file(), finding.at.line(), finding.what))
                .toList();
    }

    private Found of(Requirement requirement) {
        return Objects.requireNonNull(found.get(requirement));
    }
}
