package io.chittychat.bench.workload;

import static io.chittychat.bench.workload.FanOutSettings.USUAL_PARTICIPANTS;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.Contestants;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.protocol.ChurningParticipants;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;

/** W6: latency of deliveries while other participants join and leave. */
public final class ChurnWorkload implements Workload {

    private static final int PUBLISHES_PER_VISIT = 4; // at 2,000 publishes/s: 500 joins and 500 leaves a second

    private static final String METHOD = """
            As W2, of %d s, without and with 500 joins and 500 leaves a second by unary calls over one more connection, one after
            the other in each of %d rounds. Latencies are those of published texts; joins and leaves are delivered to every receiver,
            too, but not counted.
            """;

    /** One round of one contestant. */
    private record Pair(double quiet, double busy, double visits) {}

    @Override
    public String id() {
        return "W6";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        MarkdownTable table =
                new MarkdownTable("server", "p99 without, ms", "p99 with, ms", "with / without", "joins and leaves/s");
        List<Contestant> contestants = bench.wanted(bench.fanOut().present(Contestants.fast())).stream()
                .filter(Contestant::isOurs)
                .toList();
        try (RunningContestants servers = RunningContestants.open(bench, id(), contestants, USUAL_PARTICIPANTS)) {
            for (RunningContestant running : servers.all()) {
                running.crowd()
                        .visitors()
                        .ifPresent(visitors -> addRow(table, running, measure(bench, running, visitors)));
            }
        }
        String method = METHOD.formatted(bench.longPoint().toSeconds(), bench.longRounds());
        return new BenchReport.Section("W6: churn", method, table);
    }

    private static List<Pair> measure(Bench bench, RunningContestant running, ChurningParticipants visitors) {
        String name = running.contestant().label();
        bench.say("W6: warming up " + name);
        SteadyRound.run(running, bench.warmUp(), new Visits(visitors));
        List<Pair> rounds = new ArrayList<>();
        for (int round = 1; round <= bench.longRounds(); round++) {
            SteadyRound quiet = SteadyRound.run(running, bench.longPoint());
            int before = visitors.done();
            SteadyRound busy = SteadyRound.run(running, bench.longPoint(), new Visits(visitors));
            double visits = busy.cost().cost().rate(visitors.done() - before);
            bench.say("W6: round %d, without, %s".formatted(round, quiet.describe(name)));
            bench.say("W6: round %d, with %,.0f joins and leaves/s, %s".formatted(round, visits, busy.describe(name)));
            rounds.add(new Pair(quiet.result().millis(99), busy.result().millis(99), visits));
        }
        return rounds;
    }

    private static void addRow(MarkdownTable table, RunningContestant running, List<Pair> rounds) {
        List<Double> quiet = rounds.stream().map(Pair::quiet).toList();
        List<Double> busy = rounds.stream().map(Pair::busy).toList();
        table.add(
                running.contestant().label(),
                FigureFormat.exact(Spread.of(quiet)),
                FigureFormat.exact(Spread.of(busy)),
                FigureFormat.exact(Spread.ratio(busy, quiet)),
                FigureFormat.whole(Spread.of(rounds.stream().map(Pair::visits).toList())));
    }

    /** Starts a join and a leave with every fourth publish. */
    private static final class Visits implements Runnable {

        private final ChurningParticipants visitors;
        private long publishes;

        Visits(ChurningParticipants visitors) {
            this.visitors = visitors;
        }

        @Override
        public void run() {
            if (publishes++ % PUBLISHES_PER_VISIT == 0) {
                visitors.go();
                visitors.come();
            }
        }
    }
}
