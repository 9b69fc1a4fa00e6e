package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.check.Findings.Finding;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The events that one participant's log lacks where they should stand. One may stand elsewhere, or with another Lamport time.
 * Not safe for use by several threads.
 */
final class MissedEvents {

    private static final int MOST_REMEMBERED = 100;
    private static final int MOST_NAMED = 5;

    /** A receipt in a wrong place. */
    private record Stray(LogRecord copy, Finding finding) {}

    /** The events that one place of the log lacks. */
    private static final class Hole {
        private final Finding finding;
        private final List<CheckedEvent> events = new ArrayList<>();

        Hole(Finding finding) {
            this.finding = finding;
        }
    }

    private final String name;
    private final Findings findings;
    private final Map<Identity, Stray> strays = Bounded.map(MOST_REMEMBERED);
    private final Map<Identity, Hole> holes = Bounded.map(MOST_REMEMBERED);
    private final Map<Long, LogRecord> received = Bounded.map(MOST_REMEMBERED); // by the right Lamport time
    private @Nullable Hole hole; // before the next event
    private int damaged; // lines that may be what is missing

    MissedEvents(String name, Findings findings) {
        this.name = name;
        this.findings = findings;
    }

    static String phrase(LogRecord copy) {
        return CheckedEvent.phrase(copy.find(EVENT).orElse(""), copy.find(FROM).orElse(""));
    }

    void lineDamaged() {
        damaged++;
    }

    void eventReached() {
        hole = null;
    }

    /** Whether a damaged line may be what is missing; it explains one. */
    boolean explainsOne() {
        if (damaged == 0) {
            return false;
        }
        damaged--;
        return true;
    }

    /** An event was received with a time that is not later than that of another event before. */
    void stray(LogRecord copy, long newest) {
        Finding finding = findings.violation(
                ORDER,
                copy,
                "%s received %s of Lamport time %d after an event of %d"
                        .formatted(name, phrase(copy), copy.lamport(), newest));
        Identity.of(copy).ifPresent(identity -> {
            strays.put(identity, new Stray(copy, finding));
            fill(identity);
        });
    }

    private void fill(Identity identity) {
        Hole filled = holes.remove(identity);
        if (filled == null) {
            return;
        }
        filled.events.removeIf(
                event -> identityOf(event).filter(identity::equals).isPresent());
        if (filled.events.isEmpty()) {
            filled.finding.withdraw();
        } else {
            say(filled);
        }
    }

    private static Optional<Identity> identityOf(CheckedEvent event) {
        return Optional.ofNullable(event.copy()).flatMap(Identity::of);
    }

    /** An event was received, but its record has a wrong Lamport time. */
    void received(LogRecord copy, long right) {
        received.put(right, copy);
    }

    boolean hasReceived(long lamport) {
        return received.containsKey(lamport);
    }

    /** Whether events were received in wrong places, so that it is not certain how far the participant has read. */
    boolean hasStrays() {
        return !strays.isEmpty();
    }

    /** Whether an event was received in a wrong place. */
    boolean isStray(CheckedEvent event, String witnesses) {
        Stray stray = identityOf(event).map(strays::get).orElse(null);
        if (stray == null) {
            return false;
        }
        if (stray.copy().lamport() != event.lamport()) {
            stray.finding()
                    .say(
                            ORDER,
                            misnumbered(
                                    "the log of " + name,
                                    stray.copy().lamport(),
                                    event.toString(),
                                    witnesses,
                                    event.lamport()));
        }
        return true;
    }

    /** Says that somebody gives an event another Lamport time than the rest. */
    static String misnumbered(String who, long says, String event, String witnesses, long right) {
        return "%s says Lamport time %d for %s, but %s %d".formatted(who, says, event, witnesses, right);
    }

    /** An event is missing before the next one. */
    void misses(CheckedEvent event, Optional<Finding> gap, Place here) {
        if (hole == null && explainsOne()) {
            return;
        }
        Hole at = hole;
        if (at == null) {
            at = new Hole(gap.orElseGet(() -> findings.missing(event.requirement(), here, "")));
            hole = at;
        }
        at.events.add(event);
        Hole known = at;
        identityOf(event).ifPresent(identity -> holes.put(identity, known));
        say(at);
    }

    private void say(Hole about) {
        List<CheckedEvent> events = about.events;
        CheckedEvent first = events.get(0);
        if (events.size() == 1) {
            about.finding.say(
                    first.requirement(),
                    "%s did not receive %s of Lamport time %d".formatted(name, first, first.lamport()));
            return;
        }
        String times = events.stream()
                .limit(Math.min(MOST_NAMED, events.size() - 1))
                .map(event -> String.valueOf(event.lamport()))
                .collect(Collectors.joining(", "));
        String rest = events.size() > MOST_NAMED + 1
                ? "%,d more".formatted(events.size() - MOST_NAMED)
                : String.valueOf(events.get(events.size() - 1).lamport());
        about.finding.say(
                first.requirement(),
                "%s did not receive the events of Lamport times %s and %s".formatted(name, times, rest));
    }
}
