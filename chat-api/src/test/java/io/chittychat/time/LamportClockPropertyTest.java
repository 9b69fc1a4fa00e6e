package io.chittychat.time;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.property.Draw;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    /**
     * A tick, a time within the limit, any time that an attacker may send, or the time of a service that is far ahead.
     */
    private static Step step(Draw draw) {
        return switch (draw.below(5)) {
            case 0 -> new Step(Kind.TICK, 0);
            case 1 -> new Step(Kind.WITNESS, draw.between(0, 1000));
            case 2 -> new Step(Kind.WITNESS, draw.anyLong());
            case 3 -> new Step(Kind.WITNESS, draw.oneOf(-1L, Long.MIN_VALUE, Long.MAX_VALUE));
            default -> new Step(Kind.FOLLOW, draw.between(0, 1L << 41));
        };
    }

    private static long start(Draw draw) {
        return draw.between(0, 1L << 40);
    }

    @Test
    void timesStrictlyIncrease() {
        record Life(long start, List<Step> steps) {}
        forAll(draw -> new Life(start(draw), draw.list(0, 200, LamportClockPropertyTest::step)), life -> {
            LamportClock clock = new LamportClock(life.start());
            long before = life.start();
            for (Step step : life.steps()) {
                long time = step.applyTo(clock);

                assertThat(time).isGreaterThan(before).isEqualTo(clock.read());
                before = time;
            }
        });
    }

    /** A time that a clock receives. */
    private record Receipt(long start, long sent) {

        LamportClock clock() {
            return new LamportClock(start);
        }
    }

    @Test
    void receiptOfAServicesTimeIsLaterHoweverFarAheadItIs() {
        forAll(
                draw -> new Receipt(start(draw), draw.between(0, 1L << 60)),
                receipt -> assertThat(receipt.clock().follow(receipt.sent()))
                        .isEqualTo(Math.max(receipt.start(), receipt.sent()) + 1));
    }

    @Test
    void oneStepMovesAClockByAtMostTheLimit() {
        forAll(
                draw -> new Receipt(start(draw), draw.anyLong()),
                receipt -> assertThat(receipt.clock().witness(receipt.sent()))
                        .isBetween(receipt.start() + 1, receipt.start() + LamportClock.MAX_AHEAD + 1));
    }

    @Test
    void receiptOfATimeWithinTheLimitIsLater() {
        forAll(
                draw -> {
                    long start = start(draw);
                    long distance = draw.between(-LamportClock.MAX_AHEAD, LamportClock.MAX_AHEAD);
                    return new Receipt(start, Math.max(0, start + distance));
                },
                receipt -> assertThat(receipt.clock().witness(receipt.sent()))
                        .isEqualTo(Math.max(receipt.start(), receipt.sent()) + 1));
    }

    /** Several processes send to and receive from each other at random; each message keeps the time of its sending. */
    @Test
    void everyMessageIsReceivedLaterThanItWasSent() {
        forAll(draw -> draw.list(0, 300, each -> each.below(24)), script -> {
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
        });
    }
}
