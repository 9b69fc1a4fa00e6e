package io.chittychat.bench.start;

import io.chittychat.bench.measure.ResidentMemory;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import io.chittychat.bench.workload.Bench;
import io.chittychat.bench.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** START: time to ready, and resident memory when ready, by the launcher and from the jar. */
public final class StartUpWorkload implements Workload {

    private static final String METHOD = """
            From the command until the service prints that it is ready, with an empty store and no participants; the resident memory
            is that of the same moment. Each way runs once before it is measured, so the launcher has made its archive.""";

    /** One start. */
    private record Measured(double millis, double megabytes) {}

    @Override
    public String id() {
        return "START";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        Map<Launch, List<Measured>> rounds = new LinkedHashMap<>();
        for (Launch launch : Launch.of(bench.installation())) {
            if (bench.wants(launch.name())) {
                measure(bench, launch);
                rounds.put(launch, new ArrayList<>());
            }
        }
        for (int round = 1; round <= bench.rounds(); round++) {
            for (Map.Entry<Launch, List<Measured>> entry : rounds.entrySet()) {
                Measured measured = measure(bench, entry.getKey());
                bench.say("START: round %d, %s: ready after %,.0f ms"
                        .formatted(round, entry.getKey().name(), measured.millis()));
                entry.getValue().add(measured);
            }
        }
        MarkdownTable table = new MarkdownTable("started by", "ready after, ms", "resident, MB");
        rounds.forEach((launch, measured) -> table.add(
                launch.name(),
                FigureFormat.whole(spread(measured, Measured::millis)),
                FigureFormat.whole(spread(measured, Measured::megabytes))));
        return new BenchReport.Section("Start", METHOD, table);
    }

    private static Measured measure(Bench bench, Launch launch) {
        try (StartedService service = StartedService.start(launch, bench.installation(), List.of())) {
            return new Measured(service.readyAfter().toNanos() / 1e6, ResidentMemory.of(service.pid()) / 1e6);
        }
    }

    private static Spread spread(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
