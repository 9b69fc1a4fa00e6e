package io.chittychat.bench.cluster;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.Contestants;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import io.chittychat.bench.workload.Bench;
import io.chittychat.bench.workload.DeliveryCost;
import io.chittychat.bench.workload.FanOutRounds;
import io.chittychat.bench.workload.RunningContestants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The part of W7 that delivers: one node beside the service alone. */
final class DeliveryPart {

    private static final int RECEIVERS = 100;
    private static final int TEXT = 64; // code points

    /** The store of a node does not sync either: its log is that of the brokers. */
    private static final Contestant ALONE = Contestants.service("os");

    private static final Contestant NODE = new NodeContestant();

    private DeliveryPart() {}

    /** Measures what is wanted; no tables if that is nothing. */
    static List<BenchReport.Table> run(Bench bench) {
        List<Contestant> wanted = bench.wanted(List.of(NODE, ALONE));
        if (wanted.isEmpty()) {
            return List.of();
        }
        bench.say("W7: starting what delivers");
        try (RunningContestants servers = RunningContestants.open(bench, "W7", wanted, RECEIVERS)) {
            return tables(FanOutRounds.measure(bench, "W7", servers.all(), TEXT, RECEIVERS + " receivers"));
        }
    }

    private static List<BenchReport.Table> tables(Map<Contestant, List<DeliveryCost>> rounds) {
        MarkdownTable costs = new MarkdownTable("server", "server CPU, us", "deliveries/s", "generator CPU, us");
        rounds.forEach((contestant, all) -> costs.add(
                contestant.label(),
                FigureFormat.fine(Spread.of(figures(all, DeliveryCost::serverMicros))),
                FigureFormat.whole(Spread.of(figures(all, DeliveryCost::rate))),
                FigureFormat.fine(Spread.of(figures(all, DeliveryCost::generatorMicros)))));
        List<BenchReport.Table> tables =
                new ArrayList<>(List.of(new BenchReport.Table("A delivery, with " + RECEIVERS + " receivers", costs)));
        List<DeliveryCost> node = rounds.get(NODE);
        List<DeliveryCost> alone = rounds.get(ALONE);
        if (node != null && alone != null) {
            MarkdownTable ratio = new MarkdownTable("server", "by " + ALONE.label());
            ratio.add(
                    NODE.label(),
                    FigureFormat.exact(Spread.ratio(
                            figures(node, DeliveryCost::serverMicros), figures(alone, DeliveryCost::serverMicros))));
            tables.add(new BenchReport.Table("Server CPU of a delivery by that of the service alone", ratio));
        }
        return tables;
    }

    private static List<Double> figures(List<DeliveryCost> costs, ToDoubleFunction<DeliveryCost> figure) {
        return costs.stream().mapToDouble(figure).boxed().toList();
    }
}
