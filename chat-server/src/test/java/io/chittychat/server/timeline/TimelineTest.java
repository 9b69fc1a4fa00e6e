package io.chittychat.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.Event;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long LARGE = 64L << 20;

    private final Events chain = new Events();

    @Test
    void emptyTimelineHasNothingAfterItsBeginning() {
        View view = new Timeline(0, LARGE).view();
        assertThat(view.slice(0, Long.MAX_VALUE)).isEmpty();
        assertThat(view.holds(0)).isTrue();
        assertThat(view.isBehind(0)).isFalse();
        assertThat(view.isBehind(1)).isTrue();
    }

    @Test
    void sliceIsABroadcastResponse() throws Exception {
        Timeline timeline = new Timeline(0, LARGE);
        List<Event> events = chain.next(3, 2);
        Events.show(timeline, events, 6);
        Slice slice = timeline.view().slice(2, Long.MAX_VALUE).orElseThrow();
        byte[] wire = java.util.Arrays.copyOfRange(slice.bytes(), slice.offset(), slice.offset() + slice.length());
        assertThat(BroadcastResponse.parseFrom(wire).getEventsList()).isEqualTo(events.subList(1, 3));
        assertThat(slice.lastLamportTime()).isEqualTo(6);
    }

    @Test
    void cursorBetweenEventsIsValid() {
        Timeline timeline = new Timeline(0, LARGE);
        Events.show(timeline, chain.next(3, 10), 35);
        assertThat(Events.read(timeline.view(), 15, Long.MAX_VALUE)).containsExactly(20L, 30L);
        assertThat(timeline.view().isBehind(35)).isFalse();
        assertThat(timeline.view().isBehind(36)).isTrue();
        assertThat(timeline.view().isBehind(-1)).isTrue(); // times are unsigned
    }

    @Test
    void sliceEndsAtTheRequestedTime() {
        Timeline timeline = new Timeline(0, LARGE);
        Events.show(timeline, chain.next(10, 1), 10);
        assertThat(Events.read(timeline.view(), 3, 6)).containsExactly(4L, 5L, 6L);
        assertThat(timeline.view().slice(3, 3)).isEmpty();
        assertThat(timeline.view().copy(3, 2).orElseThrow().events()).hasSize(2);
    }

    @Test
    void viewDoesNotChangeWhenMoreIsAppended() {
        Timeline timeline = new Timeline(0, LARGE);
        Events.show(timeline, chain.next(2, 1), 2);
        View before = timeline.view();
        Events.show(timeline, chain.next(5000, 1), 5002);
        assertThat(Events.read(before, 0, Long.MAX_VALUE)).containsExactly(1L, 2L);
        assertThat(before.lamportTime()).isEqualTo(2);
    }

    @Test
    void oldestEventsAreDroppedBeyondTheSize() {
        Timeline timeline = new Timeline(0, 3L * Segment.SIZE);
        for (int i = 0; i < 20; i++) {
            Events.show(timeline, chain.next(1000, 1), (i + 1) * 1000L);
        }
        View view = timeline.view();
        long begin = view.begin();
        assertThat(begin).isGreaterThan(10_000);
        assertThat(view.holds(begin)).isTrue();
        assertThat(view.holds(begin - 1)).isFalse();
        List<Long> kept = Events.read(view, begin, Long.MAX_VALUE);
        assertThat(kept.get(0)).isEqualTo(begin + 1);
        assertThat(kept.get(kept.size() - 1)).isEqualTo(20_000);
    }

    @Test
    void eventLargerThanASegmentIsHeld() {
        Timeline timeline = new Timeline(0, LARGE);
        Event large =
                chain.at(1).toBuilder().setText("x".repeat(2 * Segment.SIZE)).build();
        Events.show(timeline, List.of(large), 1);
        assertThat(timeline.view().slice(0, Long.MAX_VALUE).orElseThrow().events())
                .containsExactly(large);
    }

    @Test
    void forgottenEventsAreHidden() {
        Timeline timeline = new Timeline(0, LARGE);
        Events chain = new Events();
        Events.show(timeline, chain.next(5000, 1), 5000);
        long bytes = timeline.view().bytes();
        timeline.forget(3500);
        View view = timeline.view();

        assertThat(view.holds(3499)).isFalse();
        assertThat(view.holds(3500)).isTrue();
        assertThat(view.begin()).isEqualTo(3500);
        assertThat(view.events()).isEqualTo(1500);
        assertThat(view.bytes()).isLessThan(bytes);
        assertThat(Events.read(view, 3500, Long.MAX_VALUE)).hasSize(1500).startsWith(3501L);
        assertThat(view.copyBefore(3501, 10)).isEmpty();
        assertThat(Events.times(view.copyBefore(3503, 10).orElseThrow().events()))
                .containsExactly(3501L, 3502L);

        timeline.forget(5000);
        assertThat(timeline.view().events()).isZero();
        Events.show(timeline, chain.next(1, 1), 5001);
        assertThat(Events.read(timeline.view(), 5000, Long.MAX_VALUE)).containsExactly(5001L);
    }

    @Test
    void memoryOfDroppedEventsIsUsedAgain() {
        Timeline timeline = new Timeline(0, 1);
        Set<byte[]> memory = Collections.newSetFromMap(new IdentityHashMap<>());
        Events.show(timeline, chain.next(500, 1), 500);
        View first = timeline.view();
        for (int i = 2; i <= 100; i++) {
            Events.show(timeline, chain.next(500, 1), i * 500L);
            View view = timeline.view();
            memory.add(
                    view.slice(view.newest() - 1, Long.MAX_VALUE).orElseThrow().bytes());
            assertThat(Events.read(view, view.begin(), Long.MAX_VALUE))
                    .hasSize((int) view.events())
                    .isSorted()
                    .endsWith(i * 500L);
        }
        assertThat(memory).hasSizeLessThanOrEqualTo(4);

        assertThat(first.holds(100)).isTrue();
        assertThat(first.stillHolds(100)).isFalse();
        assertThat(first.copy(100, 10)).isEmpty();
        assertThat(first.copyBefore(100, 10)).isEmpty();
        assertThat(first.newest()).isEqualTo(500);
        assertThat(first.oldest()).hasValue(1);
        assertThat(first.stillHolds(500)).isTrue(); // nothing is after it
    }

    @Test
    void memoryThatAReaderHoldsIsNotUsedAgain() {
        Timeline timeline = new Timeline(0, 1);
        AtomicLong heldFrom = new AtomicLong();
        timeline.serve(new Timeline.Audience() {
            @Override
            public void beforeShown(List<io.chittychat.server.room.Event> events) {}

            @Override
            public void changed() {}

            @Override
            public long heldFrom() {
                return heldFrom.get();
            }
        });
        Events.show(timeline, chain.next(500, 1), 500);
        View held = timeline.view();
        for (int i = 2; i <= 100; i++) {
            Events.show(timeline, chain.next(500, 1), i * 500L);
        }
        assertThat(Events.read(held, 0, Long.MAX_VALUE))
                .hasSize(500)
                .startsWith(1L)
                .isSorted();
        assertThat(held.stillHolds(0)).isTrue();

        heldFrom.set(timeline.view().firstSegment());
        View later = timeline.view();
        for (int i = 101; i <= 103; i++) {
            Events.show(timeline, chain.next(500, 1), i * 500L);
        }
        assertThat(later.stillHolds(later.begin())).isTrue(); // only older segments were released
        assertThat(held.stillHolds(0)).isTrue(); // too old: it was left to the collector
    }
}
