package io.chittychat.bench.workload;

import static io.chittychat.bench.workload.FanOutSettings.USUAL_PARTICIPANTS;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.Contestants;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** W2: the latency of a delivery under steady, moderate load. */
public final class SteadyFanOutWorkload implements Workload {

    private static final int WARM_UP_PARTS = 10;

    private static final String METHOD = """
            %d publishers, %d receivers with a connection each, texts of 64 code points, %,d publishes/s for %d s by a fixed
            schedule (an open loop). Latency is from when a publish was due until each receiver received it, over all
            deliveries. All servers run at the same time, and rounds alternate between them; %d rounds. CPU is user and system
            time of the server, with all its processes, and of the load generator, per delivery. Durable peers deliver what they
            have stored: JetStream by a push consumer for each receiver, Redis Streams by XREAD BLOCK, PostgreSQL by LISTEN.
            RabbitMQ is not measured here: a quorum queue delivers a message to one of its consumers, so each message would have
            to be stored in 100 of them; a stream would deliver it to all, but is not synced before it confirms.
            """;

    @Override
    public String id() {
        return "W2";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        List<Contestant> known = Contestants.steady();
        List<Contestant> contestants = bench.wanted(bench.fanOut().present(known));
        Map<Contestant, List<SteadyRound>> rounds = new LinkedHashMap<>();
        List<String> tooSlow = new ArrayList<>();
        try (RunningContestants servers = RunningContestants.open(bench, id(), contestants, USUAL_PARTICIPANTS)) {
            List<RunningContestant> fast = warmUp(bench, servers.all(), tooSlow);
            for (int round = 1; round <= bench.longRounds(); round++) {
                for (RunningContestant running : fast) {
                    SteadyRound done = SteadyRound.run(running, bench.longPoint());
                    bench.say("W2: round %d, %s"
                            .formatted(round, done.describe(running.contestant().label())));
                    rounds.computeIfAbsent(running.contestant(), any -> new ArrayList<>())
                            .add(done);
                }
            }
        }
        return new BenchReport.Section(
                "W2: steady fan-out",
                method(bench, known, tooSlow),
                List.of(new BenchReport.Table("", table(rounds))),
                Optional.empty());
    }

    private static List<RunningContestant> warmUp(Bench bench, List<RunningContestant> servers, List<String> tooSlow) {
        List<RunningContestant> fast = new ArrayList<>();
        for (RunningContestant running : servers) {
            String name = running.contestant().label();
            bench.say("W2: warming up " + name);
            if (keepsUp(running, bench.warmUp())) {
                fast.add(running);
            } else {
                tooSlow.add("- " + name + ": not measured: it does not keep up with this load\n");
            }
        }
        return fast;
    }

    /** A server that takes as long for a part of the warm-up as is meant for all of it gets no more, or it would take minutes. */
    private static boolean keepsUp(RunningContestant running, Duration warmUp) {
        if (!SteadyRound.run(running, warmUp.dividedBy(WARM_UP_PARTS)).keptUp(warmUp)) {
            return false;
        }
        Duration half = warmUp.dividedBy(2);
        SteadyRound.run(running, half);
        return SteadyRound.run(running, half).keptUp(half);
    }

    private static String method(Bench bench, List<Contestant> known, List<String> tooSlow) {
        return METHOD.formatted(
                        RunningContestant.PUBLISHERS,
                        USUAL_PARTICIPANTS,
                        SteadyRound.RATE,
                        bench.longPoint().toSeconds(),
                        bench.longRounds())
                + "\n"
                + bench.fanOut().describe(known)
                + String.join("", tooSlow);
    }

    private static MarkdownTable table(Map<Contestant, List<SteadyRound>> rounds) {
        MarkdownTable table =
                new MarkdownTable("server", "p50, ms", "p99, ms", "p99.9, ms", "server CPU, us", "generator CPU, us");
        rounds.forEach((contestant, all) -> table.add(
                contestant.label(),
                FigureFormat.exact(spread(all, round -> round.result().millis(50))),
                FigureFormat.exact(spread(all, round -> round.result().millis(99))),
                FigureFormat.exact(spread(all, round -> round.result().millis(99.9))),
                FigureFormat.fine(spread(all, round -> round.cost().serverMicros())),
                FigureFormat.fine(spread(all, round -> round.cost().generatorMicros()))));
        return table;
    }

    private static Spread spread(List<SteadyRound> rounds, ToDoubleFunction<SteadyRound> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
