package io.chittychat.bench.cluster;

import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import io.chittychat.bench.workload.Bench;
import io.chittychat.bench.workload.PublishCost;
import io.chittychat.bench.workload.PublishRow;
import io.chittychat.bench.workload.PublishingServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The part of W7 that publishes. */
final class PublishPart {

    /** All publishers join before the first point, and not all of them publish in every point. */
    private static final List<String> SETTINGS = List.of("--chitty.session.resume-window=1h");

    private PublishPart() {}

    /** Measures what is wanted; no tables if that is nothing. */
    static List<BenchReport.Table> run(Bench bench) {
        if (!ClusterPublishers.areWanted(bench)) {
            return List.of();
        }
        bench.say("W7: starting brokers and nodes, to publish");
        try (RunningCluster cluster = RunningCluster.start(bench.installation(), "W7-publish", SETTINGS);
                PublishingServer nodes = ClusterPublishers.ofNodes(cluster);
                PublishingServer bare = ClusterPublishers.ofBrokers(cluster)) {
            return tables(PublishRow.measure(bench, "W7", List.of(nodes, bare)));
        }
    }

    private static List<BenchReport.Table> tables(List<PublishRow> rows) {
        List<BenchReport.Table> tables =
                new ArrayList<>(List.of(new BenchReport.Table("Acknowledged publishes", costs(rows))));
        MarkdownTable ratios = new MarkdownTable("publishers", "ack p50", "ack p99");
        boolean some = false;
        for (PublishRow row : rows) {
            Optional<PublishRow> partner = partner(row, rows);
            if (partner.isPresent()) {
                some = true;
                ratios.add(
                        row.name(),
                        ratio(row, partner.get(), cost -> cost.millis(50)),
                        ratio(row, partner.get(), cost -> cost.millis(99)));
            }
        }
        if (some) {
            tables.add(new BenchReport.Table(
                    "Latency by that of the bare log with as much under way, in the same round", ratios));
        }
        return tables;
    }

    private static Optional<PublishRow> partner(PublishRow row, List<PublishRow> rows) {
        return rows.stream()
                .filter(other -> row.server().isOurs()
                        && !other.server().isOurs()
                        && other.number() == ClusterPublishers.partner(row.number()))
                .findFirst();
    }

    private static String ratio(PublishRow row, PublishRow by, ToDoubleFunction<PublishCost> figure) {
        return FigureFormat.exact(Spread.ratio(row.figures(figure), by.figures(figure)));
    }

    private static MarkdownTable costs(List<PublishRow> rows) {
        MarkdownTable table = new MarkdownTable(
                "publishers", "publishes/s", "ack p50, ms", "ack p99, ms", "CPU of the nodes, us", "generator CPU, us");
        rows.forEach(row -> table.add(
                row.name(),
                FigureFormat.whole(row.spread(PublishCost::rate)),
                FigureFormat.exact(row.spread(cost -> cost.millis(50))),
                FigureFormat.exact(row.spread(cost -> cost.millis(99))),
                row.server().isOurs() ? FigureFormat.exact(row.spread(PublishCost::serverMicros)) : "-",
                FigureFormat.exact(row.spread(PublishCost::generatorMicros))));
        return table;
    }
}
