package io.chittychat.examiner.scenario;

import io.chittychat.examiner.mapping.Event;
import io.chittychat.examiner.participant.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The copies of one event.
 *
 * @param missing those who have not received it
 * @param limit how long they were waited for
 */
record Copies(List<Copy> received, List<Participant> missing, Duration limit) {

    Copies {
        received = List.copyOf(received);
        missing = List.copyOf(missing);
    }

    /**
     * Waits for the copies.
     *
     * @param from for each receiver, the place in its hearing from which on it counts
     */
    static Copies await(Map<Participant, Integer> from, Predicate<Event> wanted, Duration limit) {
        List<Copy> received = new ArrayList<>();
        List<Participant> missing = new ArrayList<>();
        long end = System.nanoTime() + limit.toNanos();
        from.forEach((receiver, place) -> {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            receiver.hearing()
                    .await(place, wanted, left)
                    .ifPresentOrElse(heard -> received.add(new Copy(receiver, heard)), () -> missing.add(receiver));
        });
        return new Copies(received, missing, limit);
    }

    /** The copies that are there now. */
    static Copies now(Collection<Participant> receivers, Predicate<Event> wanted) {
        List<Copy> received = new ArrayList<>();
        List<Participant> missing = new ArrayList<>();
        for (Participant receiver : receivers) {
            receiver.hearing()
                    .await(0, wanted, Duration.ZERO)
                    .ifPresentOrElse(heard -> received.add(new Copy(receiver, heard)), () -> missing.add(receiver));
        }
        return new Copies(received, missing, Duration.ZERO);
    }

    boolean isComplete() {
        return missing.isEmpty();
    }

    boolean isLacking(Participant receiver) {
        return missing.contains(receiver);
    }

    /** The greatest Lamport time of a copy; empty if none has one. */
    OptionalLong latest() {
        return received.stream().flatMapToLong(copy -> copy.time().stream()).max();
    }

    /** In words, as evidence: who received it at what time, and who did not. */
    List<String> words() {
        return Stream.concat(
                        received.stream().map(Copy::words),
                        missing.stream()
                                .map(receiver -> receiver.name()
                                        + " did not receive it"
                                        + receiver.hearing()
                                                .end()
                                                .map(how -> "; the stream has ended: " + how)
                                                .orElse(limit.isZero() ? "" : " within " + Limits.words(limit))))
                .toList();
    }
}
