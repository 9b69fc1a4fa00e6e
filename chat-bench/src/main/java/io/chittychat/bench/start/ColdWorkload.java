package io.chittychat.bench.start;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.contestant.MeasuredServer;
import io.chittychat.bench.load.ClosedLoop;
import io.chittychat.bench.load.Crowd;
import io.chittychat.bench.load.Loop;
import io.chittychat.bench.measure.CpuMeter;
import io.chittychat.bench.measure.ResidentMemory;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.protocol.GrpcProtocol;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import io.chittychat.bench.workload.Bench;
import io.chittychat.bench.workload.Workload;
import io.chittychat.process.Loopback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** COLD: what the first publishes after a start cost, by what later ones cost, and the memory under this load. */
public final class ColdWorkload implements Workload {

    private static final int RECEIVERS = 10;
    private static final int PUBLISHERS = 10;
    private static final int TEXT = 64; // code points
    private static final int OUTSTANDING = 5_000;
    private static final int WARM_UPS = 2;

    private static final String METHOD = """
            The load of W1 with %d receivers: %,d publishes from the moment at which a new service is ready, the connecting of the
            clients included; then a warm-up of %d s and as many publishes again. Server CPU is that for one publish with its
            deliveries. The resident memory is the largest of those after each part of the load. Each round has a service of its
            own, one at a time. Each way to start it runs once before it is measured, so the launcher has made its archive.""";

    /** A row: a way to start the service, and the durability of its store. */
    private record Row(Launch launch, String durability) {

        String name() {
            return launch.name() + ", " + durability;
        }
    }

    /** One start: microseconds, and megabytes. */
    private record Measured(double cold, double warm, double megabytes) {}

    @Override
    public String id() {
        return "COLD";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        Map<Row, List<Measured>> rounds = new LinkedHashMap<>();
        for (Launch launch : Launch.of(bench.installation())) {
            List<Row> rows = List.of(new Row(launch, "fsync"), new Row(launch, "memory")).stream()
                    .filter(row -> bench.wants(row.name()))
                    .toList();
            if (!rows.isEmpty()) {
                StartedService.start(launch, bench.installation(), List.of()).close();
            }
            rows.forEach(row -> rounds.put(row, new ArrayList<>()));
        }
        for (int round = 1; round <= bench.rounds(); round++) {
            for (Map.Entry<Row, List<Measured>> entry : rounds.entrySet()) {
                Measured measured = measure(bench, entry.getKey());
                bench.say("COLD: round %d, %s: %.2f us per publish, warm %.2f us, %,.0f MB"
                        .formatted(
                                round, entry.getKey().name(), measured.cold(), measured.warm(), measured.megabytes()));
                entry.getValue().add(measured);
            }
        }
        MarkdownTable table =
                new MarkdownTable("started by", "cold, us", "warm, us", "cold / warm", "resident under load, MB");
        rounds.forEach((row, measured) -> table.add(
                row.name(),
                FigureFormat.exact(spread(measured, Measured::cold)),
                FigureFormat.exact(spread(measured, Measured::warm)),
                FigureFormat.exact(spread(measured, one -> one.cold() / one.warm())),
                FigureFormat.whole(spread(measured, Measured::megabytes))));
        String method =
                METHOD.formatted(RECEIVERS, publishes(bench), warmUp(bench).toSeconds());
        return new BenchReport.Section("COLD: the first publishes", method, table);
    }

    private static Measured measure(Bench bench, Row row) {
        List<String> settings = List.of("--chitty.store.durability=" + row.durability());
        try (StartedService service = StartedService.start(row.launch(), bench.installation(), settings);
                MeasuredServer server = new MeasuredServer(
                        service.child(), service.port(), new GrpcProtocol(Loopback.HOST, service.port()), List.of());
                Loop loop = new Loop();
                Crowd crowd = new Crowd(loop, server, row.name())) {
            List<Double> megabytes = new ArrayList<>();
            CpuMeter cold = new CpuMeter(service.pid());
            crowd.connect(RECEIVERS, PUBLISHERS);
            double coldMicros = publish(bench, crowd, cold);
            megabytes.add(ResidentMemory.of(service.pid()) / 1e6);
            long warm = System.nanoTime() + warmUp(bench).toNanos();
            while (System.nanoTime() < warm) {
                publish(bench, crowd, new CpuMeter(service.pid()));
                megabytes.add(ResidentMemory.of(service.pid()) / 1e6);
            }
            double warmMicros = publish(bench, crowd, new CpuMeter(service.pid()));
            megabytes.add(ResidentMemory.of(service.pid()) / 1e6);
            return new Measured(coldMicros, warmMicros, Spread.of(megabytes).max());
        }
    }

    /** Publishes, and returns the server's processor time for each since the meter's begin, in microseconds. */
    private static double publish(Bench bench, Crowd crowd, CpuMeter meter) {
        long publishes = publishes(bench);
        ClosedLoop.run(crowd, TEXT, publishes, OUTSTANDING);
        CpuMeter.Cost cost = meter.stop();
        if (cost.server().isZero()) {
            throw new BenchException("too few publishes to measure their processor time");
        }
        return cost.serverMicros(publishes);
    }

    /** 300,000 unless told otherwise. */
    private static long publishes(Bench bench) {
        return Math.max(1, bench.fanOut().publishes() * 3L / 2);
    }

    /** The compilers go on for some seconds. */
    private static Duration warmUp(Bench bench) {
        return bench.warmUp().multipliedBy(WARM_UPS);
    }

    private static Spread spread(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
