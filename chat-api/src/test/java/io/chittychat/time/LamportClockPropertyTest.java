package io.chittychat.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LamportClockPropertyTest {

    private enum Kind {
        TICK,
        WITNESS,
        FOLLOW
    }

    private record Step(Kind kind, long received) {
        long applyTo(LamportClock clock) {
            return switch (kind) {
                case TICK -> clock.tick();
                case WITNESS -> clock.witness(received);
                case FOLLOW -> clock.follow(received);
            };
        }
    }

    /** Ticks, times within reach, times that a liar may have chosen, and those of a service that is far ahead. */
    @Provide
    Arbitrary<Step> steps() {
        return Arbitraries.oneOf(
                Arbitraries.just(new Step(Kind.TICK, 0)),
                Arbitraries.longs().between(0, 1000).map(time -> new Step(Kind.WITNESS, time)),
                Arbitraries.longs().map(time -> new Step(Kind.WITNESS, time)),
                Arbitraries.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE).map(time -> new Step(Kind.WITNESS, time)),
                Arbitraries.longs().between(0, 1L << 41).map(time -> new Step(Kind.FOLLOW, time)));
    }

    @Property
    void timesStrictlyIncrease(
            @ForAll @LongRange(max = 1L << 40) long start, @ForAll @Size(max = 200) List<@From("steps") Step> steps) {
        LamportClock clock = new LamportClock(start);
        long before = start;
        for (Step step : steps) {
            long time = step.applyTo(clock);

            assertThat(time).isGreaterThan(before).isEqualTo(clock.read());
            before = time;
        }
    }

    @Property
    void whatTheServiceSendsIsReceivedLaterThanItWasSentHoweverFarAheadItIs(
            @ForAll @LongRange(max = 1L << 40) long start, @ForAll @LongRange(max = 1L << 60) long sent) {
        assertThat(new LamportClock(start).follow(sent)).isEqualTo(Math.max(start, sent) + 1);
    }

    @Property
    void oneStepMovesAClockByLittleWhateverIsReceived(
            @ForAll @LongRange(max = 1L << 40) long start, @ForAll long received) {
        assertThat(new LamportClock(start).witness(received)).isBetween(start + 1, start + LamportClock.MAX_AHEAD + 1);
    }

    @Property
    void aTimeWithinReachIsSmallerThanThatOfReceivingIt(
            @ForAll @LongRange(max = 1L << 40) long start,
            @ForAll @LongRange(min = -LamportClock.MAX_AHEAD, max = LamportClock.MAX_AHEAD) long distance) {
        long sent = Math.max(0, start + distance);

        assertThat(new LamportClock(start).witness(sent)).isEqualTo(Math.max(start, sent) + 1);
    }

    /** Several processes send to and receive from each other at random; each message keeps the time of its sending. */
    @Property
    void everyMessageIsReceivedLaterThanItWasSent(@ForAll @Size(max = 300) List<@IntRange(max = 23) Integer> script) {
        int processes = 4;
        List<LamportClock> clocks = new ArrayList<>();
        List<Deque<Long>> inboxes = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            clocks.add(new LamportClock(i * 1000L));
            inboxes.add(new ArrayDeque<>());
        }
        for (int step : script) {
            int process = step % processes;
            int peer = (step / processes) % processes;
            Deque<Long> inbox = inboxes.get(process);
            if (step < processes * processes) {
                inboxes.get(peer).add(clocks.get(process).tick());
            } else if (!inbox.isEmpty()) {
                long sent = inbox.remove();
                assertThat(clocks.get(process).witness(sent)).isGreaterThan(sent);
            }
        }
    }
}
