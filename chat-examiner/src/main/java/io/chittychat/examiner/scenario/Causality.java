package io.chittychat.examiner.scenario;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Findings;
import io.chittychat.examiner.finding.Requirement;
import java.util.List;
import java.util.OptionalLong;

/**
 * Checks that of two events of which one could cause the other, the effect has the later Lamport time. It is told of events one
 * after the other: each begins when all participants have received the one before.
 *
 * @see <a href="https://lamport.azurewebsites.net/pubs/time-clocks.pdf">L. Lamport, Time, Clocks, and the Ordering of Events in a
 *     Distributed System, CACM 21(7), 1978</a>
 */
final class Causality {

    private final Findings findings;
    private long latest = Long.MIN_VALUE;
    private String latestName = "";

    Causality(Findings findings) {
        this.findings = findings;
    }

    /**
     * The next event.
     *
     * @param name such as {@code "bob's message 'hello'"}
     * @param sentAt the Lamport time of the request, if the service was told it
     */
    void next(String name, Copies copies, OptionalLong sentAt) {
        for (Copy copy : copies.received()) {
            copy.time().ifPresent(time -> check(name, copy, time, sentAt));
        }
        compare(name, copies);
        if (copies.isComplete() && copies.latest().orElse(Long.MIN_VALUE) > latest) {
            latest = copies.latest().orElse(latest);
            latestName = name;
        }
    }

    private void check(String name, Copy copy, long time, OptionalLong sentAt) {
        if (sentAt.isPresent() && time <= sentAt.getAsLong()) {
            findings.add(Finding.failure(
                    Requirement.CLOCK,
                    "The Lamport time of an event is not later than that of the request for it.",
                    "more than %d: the service takes max(own, received) + 1".formatted(sentAt.getAsLong()),
                    "%s has Lamport time %d".formatted(name, time),
                    List.of("the request was sent at Lamport time " + sentAt.getAsLong(), copy.words())));
        } else if (time <= latest) {
            findings.add(Finding.failure(
                    Requirement.CLOCK,
                    "The Lamport time does not grow from a cause to its effect.",
                    "more than %d: everybody had received %s before".formatted(latest, latestName),
                    "%s has Lamport time %d".formatted(name, time),
                    List.of(copy.words(), "the event before, %s, has Lamport time %d".formatted(latestName, latest))));
        } else {
            findings.holds(Requirement.CLOCK);
        }
    }

    private void compare(String name, Copies copies) {
        long times = copies.received().stream()
                .flatMapToLong(copy -> copy.time().stream())
                .distinct()
                .count();
        if (times > 1) {
            findings.add(Finding.note(
                    Requirement.BROADCAST,
                    "One event has different Lamport times for different participants.",
                    "one time, which is the event's own",
                    "%s has %d: the service seems to tick for each recipient. Lamport allows that, if each sending counts as an"
                                    .formatted(name, times)
                            + " event; but then no time says which message is meant, and logs cannot be compared by it. Tick once"
                            + " for a message, before it is sent to all",
                    copies.words()));
        }
    }
}
