package io.chittychat.bench.workload;

import static io.chittychat.bench.workload.FanOutSettings.USUAL_PARTICIPANTS;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.load.ClosedLoop;
import io.chittychat.bench.measure.CpuMeter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rounds of deliveries at full load, of contestants that run. */
public final class FanOutRounds {

    private static final int OUTSTANDING = 5_000;
    private static final int FEWEST_OUTSTANDING = 100;
    private static final long LONGEST_ROUND = 10; // seconds; slower contestants get fewer publishes
    private static final int WARM_UP_PARTS = 10;

    /** The load of one contestant. */
    private record Amount(long publishes, int outstanding) {}

    private FanOutRounds() {}

    /**
     * Measures contestants in turn.
     *
     * @param workload its name, for messages
     * @param text length of the texts, in code points
     * @param point the name of this measurement, for messages
     */
    public static Map<Contestant, List<DeliveryCost>> measure(
            Bench bench, String workload, List<RunningContestant> servers, int text, String point) {
        Map<Contestant, Amount> amounts = new LinkedHashMap<>();
        for (RunningContestant running : servers) {
            bench.say("%s: %s, warming up %s"
                    .formatted(workload, point, running.contestant().label()));
            amounts.put(running.contestant(), warmUp(bench, running, text));
        }
        Map<Contestant, List<DeliveryCost>> rounds = new LinkedHashMap<>();
        for (int round = 1; round <= bench.rounds(); round++) {
            for (RunningContestant running : servers) {
                Amount amount = amounts.getOrDefault(running.contestant(), new Amount(1, 1));
                CpuMeter meter = running.meter();
                ClosedLoop.run(running.crowd(), text, amount.publishes(), amount.outstanding());
                DeliveryCost cost = new DeliveryCost(
                        meter.stop(), amount.publishes(), running.crowd().receivers());
                bench.say("%s: round %d, %s"
                        .formatted(
                                workload,
                                round,
                                cost.describe(running.contestant().label())));
                rounds.computeIfAbsent(running.contestant(), any -> new ArrayList<>())
                        .add(cost);
            }
        }
        return rounds;
    }

    /** Warms up; the pace of the last part decides how many publishes a round has. */
    private static Amount warmUp(Bench bench, RunningContestant running, int text) {
        int receivers = running.crowd().receivers();
        long publishes = publishes(bench, receivers);
        int outstanding =
                Math.min(OUTSTANDING, Math.max(FEWEST_OUTSTANDING, OUTSTANDING * USUAL_PARTICIPANTS / receivers));
        long part = Math.max(1, publishes / WARM_UP_PARTS);
        long start = System.nanoTime();
        double pace = 0;
        while (System.nanoTime() - start < bench.warmUp().toNanos()) {
            long partStart = System.nanoTime();
            ClosedLoop.run(running.crowd(), text, part, outstanding);
            pace = part * 1e9 / (System.nanoTime() - partStart);
        }
        return new Amount(Math.max(part, Math.min(publishes, (long) (pace * LONGEST_ROUND))), outstanding);
    }

    /** Fewer publishes for more receivers, so that all points take about the same time. */
    private static long publishes(Bench bench, int receivers) {
        double scale = Math.min(2.5, (double) USUAL_PARTICIPANTS / receivers);
        return Math.max(100, Math.round(bench.fanOut().publishes() * scale));
    }
}
