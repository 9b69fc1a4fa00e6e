package io.chittychat.bench.workload;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.load.LoadParticipant;
import io.chittychat.bench.load.PublishRun;
import io.chittychat.bench.load.Resumption;
import io.chittychat.bench.load.SharedConnections;
import io.chittychat.bench.load.StreamPublisher;
import io.chittychat.bench.measure.CpuMeter;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import io.chittychat.process.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** W5: the speed of a participant that catches up after a long absence. */
public final class CatchUpWorkload implements Workload {

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int OUTSTANDING = 256;
    private static final Map<String, String> TIMELINES = new TreeMap<>(Map.of("memory", "256MB", "disk", "128KB"));
    private static final int WARM_UP_ROUNDS = 3;

    private static final String METHOD = """
            One participant resumes %,d events behind (texts of 64 bytes) and reads until it has caught up. From memory: the
            timeline holds all events. From disk: the timeline holds 128 KB, the rest is read from the store (which is in the
            operating system's page cache). CPU is user and system time of the server (of the load generator) per event.""";

    @Override
    public String id() {
        return "W5";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        MarkdownTable table = new MarkdownTable("from", "events/s", "ms", "server CPU, us", "generator CPU, us");
        TIMELINES.forEach((name, timeline) -> {
            if (bench.wants(name)) {
                addRow(table, name, bench.backlog(), measure(bench, name, timeline));
            }
        });
        return new BenchReport.Section("W5: catching up", METHOD.formatted(bench.backlog()), table);
    }

    private static List<CpuMeter.Cost> measure(Bench bench, String name, String timeline) {
        List<String> settings = List.of("--chitty.timeline.max-bytes=" + timeline, "--chitty.session.resume-window=1h");
        try (ServerProcess server = bench.installation().startService("W5-" + name, settings);
                SharedConnections connections = new SharedConnections(server, 2)) {
            LoadParticipant reader = LoadParticipant.join(connections.of(0), "reader");
            LoadParticipant publisher = LoadParticipant.join(connections.of(1), "publisher");
            bench.say("W5: publishing %,d events".formatted(bench.backlog()));
            PublishRun.run(new StreamPublisher(publisher, OUTSTANDING), bench.backlog(), BOUND);
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                resume(reader, bench.backlog());
            }
            List<CpuMeter.Cost> rounds = new ArrayList<>();
            for (int round = 1; round <= bench.rounds(); round++) {
                CpuMeter meter = new CpuMeter(server.child().pid());
                resume(reader, bench.backlog());
                CpuMeter.Cost cost = meter.stop();
                bench.say("W5: round %d, from %s: %,.0f events/s".formatted(round, name, cost.rate(bench.backlog())));
                rounds.add(cost);
            }
            return rounds;
        }
    }

    /** Reads all publishes, and the join of the publisher. */
    private static void resume(LoadParticipant reader, int backlog) {
        long events = Resumption.run(reader, reader.joinedAt(), BOUND);
        if (events != backlog + 1L) {
            throw new BenchException("%d events were expected, and %d arrived".formatted(backlog + 1, events));
        }
    }

    private static void addRow(MarkdownTable table, String name, int events, List<CpuMeter.Cost> rounds) {
        table.add(
                name,
                FigureFormat.whole(spread(rounds, cost -> cost.rate(events))),
                FigureFormat.whole(spread(rounds, cost -> cost.elapsed().toNanos() / 1e6)),
                FigureFormat.exact(spread(rounds, cost -> cost.serverMicros(events))),
                FigureFormat.exact(spread(rounds, cost -> cost.generatorMicros(events))));
    }

    private static Spread spread(List<CpuMeter.Cost> rounds, ToDoubleFunction<CpuMeter.Cost> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
