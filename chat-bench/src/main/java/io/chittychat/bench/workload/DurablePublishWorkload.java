package io.chittychat.bench.workload;

import io.chittychat.bench.load.LoadParticipant;
import io.chittychat.bench.load.LoadPublisher;
import io.chittychat.bench.load.PublishRun;
import io.chittychat.bench.load.SharedConnections;
import io.chittychat.bench.load.StreamPublisher;
import io.chittychat.bench.load.UnaryPublisher;
import io.chittychat.bench.measure.CpuMeter;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import io.chittychat.process.ServerProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** W4: the speed of acknowledged publishes, for each durability. */
public final class DurablePublishWorkload implements Workload {

    private static final List<String> DURABILITIES = List.of("fsync", "os", "memory");
    private static final int MOST = 256;
    private static final int CONNECTIONS = 4;
    private static final List<String> NAMES = List.of("1 unary", "16 unary", MOST + " unary", "1 stream of " + MOST);

    /** All publishers join before the first point, and not all of them publish in every point. */
    private static final String SETTINGS = "--chitty.session.resume-window=1h";

    private static final String METHOD = """
            Publishers over up to %d connections, each with one publish under way (a closed loop, so latencies are those under the
            full load of these publishers); the last row of each durability is one PublishStream with %d publishes under way. Texts
            of 64 bytes, repeatable (with a sequence). Latency is from just before a publish is sent until its acknowledgement is
            received. CPU is user and system time of the server (of the load generator) per publish.""".formatted(CONNECTIONS, MOST);

    /** Some publishers, measured together. */
    private record Point(String name, List<? extends LoadPublisher> publishers) {}

    /** One round of a point. */
    private record Measured(PublishRun.Result result, CpuMeter.Cost cost) {}

    @Override
    public String id() {
        return "W4";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        MarkdownTable table = new MarkdownTable(
                "durability, publishers",
                "publishes/s",
                "ack p50, ms",
                "ack p99, ms",
                "server CPU, us",
                "generator CPU, us");
        for (String durability : DURABILITIES) {
            if (NAMES.stream().noneMatch(name -> bench.wants(row(durability, name)))) {
                continue;
            }
            List<String> settings = List.of("--chitty.store.durability=" + durability, SETTINGS);
            try (ServerProcess server = bench.installation().startService("W4-" + durability, settings);
                    SharedConnections connections = new SharedConnections(server, CONNECTIONS)) {
                List<Point> wanted = points(connections).stream()
                        .filter(point -> bench.wants(row(durability, point.name())))
                        .toList();
                measure(bench, server, wanted)
                        .forEach((point, rounds) -> addRow(table, row(durability, point), rounds));
            }
        }
        return new BenchReport.Section("W4: acknowledged publishes", METHOD, table);
    }

    private static String row(String durability, String point) {
        return durability + ", " + point;
    }

    private static List<Point> points(SharedConnections connections) {
        Iterator<String> names = NAMES.iterator();
        List<UnaryPublisher> all = IntStream.range(0, MOST)
                .mapToObj(i -> new UnaryPublisher(LoadParticipant.join(connections.of(i), "publisher " + i)))
                .toList();
        StreamPublisher stream = new StreamPublisher(LoadParticipant.join(connections.of(0), "stream"), MOST);
        return List.of(
                new Point(names.next(), all.subList(0, 1)),
                new Point(names.next(), all.subList(0, 16)),
                new Point(names.next(), all),
                new Point(names.next(), List.of(stream)));
    }

    private static List<Point> reversed(List<Point> points) {
        List<Point> reversed = new ArrayList<>(points);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Map<String, List<Measured>> measure(Bench bench, ServerProcess server, List<Point> points) {
        for (Point point : reversed(points)) { // the largest first: it warms the most
            bench.say("W4: warming up with " + point.name());
            PublishRun.run(point.publishers(), bench.warmUp());
        }
        Map<String, List<Measured>> rounds = new LinkedHashMap<>();
        for (int round = 1; round <= bench.rounds(); round++) {
            for (Point point : points) {
                CpuMeter meter = new CpuMeter(server.child().pid());
                PublishRun.Result result = PublishRun.run(point.publishers(), bench.point());
                Measured measured = new Measured(result, meter.stop());
                bench.say("W4: round %d, %s: %,.0f publishes/s"
                        .formatted(round, point.name(), measured.cost().rate(result.acks())));
                rounds.computeIfAbsent(point.name(), any -> new ArrayList<>()).add(measured);
            }
        }
        return rounds;
    }

    private static void addRow(MarkdownTable table, String name, List<Measured> rounds) {
        table.add(
                name,
                FigureFormat.whole(spread(rounds, m -> m.cost().rate(m.result().acks()))),
                FigureFormat.exact(spread(rounds, m -> m.result().millis(50))),
                FigureFormat.exact(spread(rounds, m -> m.result().millis(99))),
                FigureFormat.exact(
                        spread(rounds, m -> m.cost().serverMicros(m.result().acks()))),
                FigureFormat.exact(
                        spread(rounds, m -> m.cost().generatorMicros(m.result().acks()))));
    }

    private static Spread spread(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
