package io.chittychat.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.v1.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TimelinePropertyTest {

    @Property(tries = 200)
    void readingFromAnywhereGivesEverythingAfterIt(
            @ForAll @Size(max = 30) List<@IntRange(max = 300) Integer> batches,
            @ForAll @IntRange(min = 1, max = 3) int step,
            @ForAll @LongRange(max = 10_000) long cursor,
            @ForAll @LongRange(max = 10_000) long upTo) {
        Timeline timeline = new Timeline(0, 64L << 20);
        Events own = new Events();
        List<Long> all = new ArrayList<>();
        for (int size : batches) {
            List<Event> events = own.next(size, step);
            all.addAll(Events.times(events));
            timeline.show(events, all.isEmpty() ? 0 : all.get(all.size() - 1));
        }
        assertThat(Events.read(timeline.view(), cursor, upTo))
                .isEqualTo(all.stream().filter(t -> t > cursor && t <= upTo).toList());
    }

    @Property(tries = 200)
    void readingBackwardsGivesEverythingBefore(
            @ForAll @Size(max = 30) List<@IntRange(max = 300) Integer> batches,
            @ForAll @IntRange(min = 1, max = 3) int step,
            @ForAll @LongRange(min = 1, max = 30_000) long before,
            @ForAll @IntRange(min = 1, max = 2000) int maxEvents) {
        Timeline timeline = new Timeline(0, 64L << 20);
        Events own = new Events();
        List<Long> all = new ArrayList<>();
        for (int size : batches) {
            List<Event> events = own.next(size, step);
            all.addAll(Events.times(events));
            timeline.show(events, all.isEmpty() ? 0 : all.get(all.size() - 1));
        }
        List<Long> read = new ArrayList<>();
        Optional<Slice> slice = timeline.view().sliceBefore(before, maxEvents);
        while (slice.isPresent()) {
            List<Long> times = Events.times(slice.get().events());
            assertThat(times).hasSizeLessThanOrEqualTo(maxEvents);
            read.addAll(0, times);
            slice = timeline.view().sliceBefore(times.get(0), maxEvents);
        }
        assertThat(read).isEqualTo(all.stream().filter(t -> t < before).toList());
    }
}
