package io.chittychat.bench.workload;

import static io.chittychat.bench.workload.FanOutSettings.USUAL_PARTICIPANTS;
import static io.chittychat.bench.workload.FanOutSettings.USUAL_TEXT;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.Contestants;
import io.chittychat.bench.load.ClosedLoop;
import io.chittychat.bench.measure.CpuMeter;
import io.chittychat.bench.report.BarChart;
import io.chittychat.bench.report.BenchReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** W1: the cost of a delivery at full load. */
public final class FanOutWorkload implements Workload {

    private static final int OUTSTANDING = 5_000;
    private static final int FEWEST_OUTSTANDING = 100;
    private static final long LONGEST_ROUND = 10; // seconds; slower contestants get fewer publishes
    private static final int WARM_UP_PARTS = 10;

    static final String METHOD = """
            %d publishers, and receivers with a connection each. A closed loop: a publish is settled when the first receiver has
            it, and 5,000 are under way (with more than 100 receivers fewer, in proportion, but at least 100); a round ends when
            every receiver has everything. Every receiver's deliveries are counted and must match exactly; those of gRPC must also
            have strictly increasing Lamport times. All servers run at the same time, and rounds alternate between them. CPU is user
            and system time of the server, and of the load generator, per delivery; lead is the former divided by the latter.
            Ratios are those of the same round. Chitty-Chat's publishers use PublishStream.
            """.formatted(RunningContestant.PUBLISHERS);

    /** The load of one contestant. */
    private record Amount(long publishes, int outstanding) {}

    @Override
    public String id() {
        return "W1";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        FanOutSettings settings = bench.fanOut();
        List<BenchReport.Table> tables = new ArrayList<>();
        Optional<String> chart = Optional.empty();
        for (int participants : settings.participants()) {
            List<Contestant> contestants = bench.wanted(settings.present(Contestants.fast()));
            try (RunningContestants servers = RunningContestants.open(bench, id(), contestants, participants)) {
                for (int text : settings.texts()) {
                    String point = "%,d receivers, texts of %d code points".formatted(participants, text);
                    CostTables costs = new CostTables(measure(bench, servers.all(), text, point));
                    tables.addAll(costs.tables(point));
                    if (participants == USUAL_PARTICIPANTS && text == USUAL_TEXT) {
                        chart = chart(bench, costs);
                    }
                }
            }
        }
        return new BenchReport.Section(
                "W1: saturated fan-out", METHOD + "\n" + settings.describe(Contestants.fast()), tables, chart);
    }

    /** A machine without fonts measures, but draws no chart. */
    private static Optional<String> chart(Bench bench, CostTables costs) {
        Optional<String> obstacle = BarChart.obstacle();
        obstacle.ifPresent(why -> bench.say("no chart is drawn: " + why));
        return obstacle.isPresent() ? Optional.empty() : Optional.of(costs.chart());
    }

    private Map<Contestant, List<DeliveryCost>> measure(
            Bench bench, List<RunningContestant> servers, int text, String point) {
        Map<Contestant, Amount> amounts = new LinkedHashMap<>();
        for (RunningContestant running : servers) {
            bench.say("W1: %s, warming up %s"
                    .formatted(point, running.contestant().label()));
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
                bench.say("W1: round %d, %s"
                        .formatted(round, cost.describe(running.contestant().label())));
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
