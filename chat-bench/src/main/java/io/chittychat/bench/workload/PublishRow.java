package io.chittychat.bench.workload;

import io.chittychat.bench.load.PublishRun;
import io.chittychat.bench.measure.CpuMeter;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.workload.PublishingServer.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All rounds of one point of one server. */
public record PublishRow(PublishingServer server, Point point, List<PublishCost> rounds) {

    /**
     * Measures those points of servers that are wanted, in turn.
     *
     * @param workload its name, for messages
     */
    public static List<PublishRow> measure(Bench bench, String workload, List<PublishingServer> servers) {
        List<PublishRow> rows = new ArrayList<>();
        for (PublishingServer server : servers) {
            server.points().stream()
                    .filter(point -> bench.wants(server.row(point)))
                    .forEach(point -> rows.add(new PublishRow(server, point, new ArrayList<>())));
        }
        List<PublishRow> largestFirst = new ArrayList<>(rows); // it warms the most
        Collections.reverse(largestFirst);
        for (PublishRow row : largestFirst) {
            bench.say("%s: warming up with %s".formatted(workload, row.name()));
            row.point().load().run(bench.warmUp());
        }
        for (int round = 1; round <= bench.rounds(); round++) {
            for (PublishRow row : rows) {
                CpuMeter meter = new CpuMeter(row.server().pids());
                PublishRun.Result result = row.point().load().run(bench.point());
                PublishCost cost = new PublishCost(result, meter.stop());
                bench.say("%s: round %d, %s: %,.0f publishes/s, %.2f us"
                        .formatted(workload, round, row.name(), cost.rate(), cost.serverMicros()));
                row.rounds().add(cost);
            }
        }
        return rows;
    }

    public String name() {
        return server.row(point);
    }

    /** Of the point among those of its server. */
    public int number() {
        return server.points().indexOf(point);
    }

    /** A figure of each round. */
    public List<Double> figures(ToDoubleFunction<PublishCost> figure) {
        return rounds.stream().mapToDouble(figure).boxed().toList();
    }

    /** A figure over all rounds. */
    public Spread spread(ToDoubleFunction<PublishCost> figure) {
        return Spread.of(figures(figure));
    }
}
