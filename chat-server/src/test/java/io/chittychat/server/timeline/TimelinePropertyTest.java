package io.chittychat.server.timeline;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.property.Draw;
import io.chittychat.v1.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelinePropertyTest {

    @Test
    void readingFromAnyCursorGivesAllEventsAfterIt() {
        record Reading(List<Integer> batches, int step, long cursor, long upTo) {}
        forAll(
                200,
                draw -> new Reading(
                        batches(draw), draw.between(1, 3), draw.between(0, 10_000), draw.between(0, 10_000)),
                reading -> {
                    Timeline timeline = new Timeline(0, 64L << 20);
                    List<Long> all = append(timeline, reading.batches(), reading.step());

                    assertThat(Events.read(timeline.view(), reading.cursor(), reading.upTo()))
                            .isEqualTo(all.stream()
                                    .filter(t -> t > reading.cursor() && t <= reading.upTo())
                                    .toList());
                });
    }

    @Test
    void readingBackwardsGivesAllEventsBefore() {
        record Reading(List<Integer> batches, int step, long before, int maxEvents) {}
        forAll(
                200,
                draw -> new Reading(batches(draw), draw.between(1, 3), draw.between(1, 30_000), draw.between(1, 2000)),
                reading -> {
                    Timeline timeline = new Timeline(0, 64L << 20);
                    List<Long> all = append(timeline, reading.batches(), reading.step());

                    List<Long> read = new ArrayList<>();
                    Optional<Slice> slice = timeline.view().copyBefore(reading.before(), reading.maxEvents());
                    while (slice.isPresent()) {
                        List<Long> times = Events.times(slice.get().events());
                        assertThat(times).hasSizeLessThanOrEqualTo(reading.maxEvents());
                        read.addAll(0, times);
                        slice = timeline.view().copyBefore(times.get(0), reading.maxEvents());
                    }
                    assertThat(read)
                            .isEqualTo(all.stream()
                                    .filter(t -> t < reading.before())
                                    .toList());
                });
    }

    /** Draws the sizes of batches; a batch may be empty. */
    private static List<Integer> batches(Draw draw) {
        return draw.list(0, 30, each -> each.between(0, 300));
    }

    /** Appends batches of events that are {@code step} apart, and returns their Lamport times. */
    private static List<Long> append(Timeline timeline, List<Integer> batches, int step) {
        Events own = new Events();
        List<Long> all = new ArrayList<>();
        for (int size : batches) {
            List<Event> events = own.next(size, step);
            all.addAll(Events.times(events));
            Events.show(timeline, events, all.isEmpty() ? 0 : all.get(all.size() - 1));
        }
        return all;
    }
}
