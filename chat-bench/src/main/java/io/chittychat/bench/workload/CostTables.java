package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.Bar;
import io.chittychat.bench.report.BarChart;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The cost of deliveries of each contestant, and the ratios. */
record CostTables(Map<Contestant, List<DeliveryCost>> rounds) {

    List<BenchReport.Table> tables(String point) {
        return List.of(
                new BenchReport.Table(point, costs()),
                new BenchReport.Table(point + ": server CPU by that of others in the same round", ratios()));
    }

    /** The costs as a chart. */
    String chart() {
        List<Bar> bars = new ArrayList<>();
        rounds.forEach((contestant, costs) ->
                bars.add(Bar.of(contestant.label(), spread(costs, DeliveryCost::serverMicros), contestant.isOurs())));
        return BarChart.svg("What a delivery costs the server", "microseconds of processor time; less is better", bars);
    }

    private MarkdownTable costs() {
        MarkdownTable table = new MarkdownTable(
                "server", "server CPU, us", "deliveries/s", "generator CPU, us", "lead", "publishes a round");
        rounds.forEach((contestant, costs) -> table.add(
                contestant.label(),
                FigureFormat.fine(spread(costs, DeliveryCost::serverMicros)),
                FigureFormat.whole(spread(costs, DeliveryCost::rate)),
                FigureFormat.fine(spread(costs, DeliveryCost::generatorMicros)),
                FigureFormat.exact(spread(costs, DeliveryCost::lead)),
                "%,d".formatted(costs.get(0).publishes())));
        return table;
    }

    /** A row for each variant of the service, and a column for each other server. */
    private MarkdownTable ratios() {
        List<Contestant> others =
                rounds.keySet().stream().filter(one -> !one.isOurs()).toList();
        List<String> head = new ArrayList<>(List.of("server"));
        others.forEach(other -> head.add("by " + other.label()));
        MarkdownTable table = new MarkdownTable(head.toArray(String[]::new));
        rounds.forEach((contestant, costs) -> {
            if (contestant.isOurs()) {
                List<String> row = new ArrayList<>(List.of(contestant.label()));
                others.forEach(other -> row.add(FigureFormat.exact(Spread.ratio(
                        figures(costs, DeliveryCost::serverMicros),
                        figures(rounds.getOrDefault(other, List.of()), DeliveryCost::serverMicros)))));
                table.add(row.toArray(String[]::new));
            }
        });
        return table;
    }

    private static Spread spread(List<DeliveryCost> costs, ToDoubleFunction<DeliveryCost> figure) {
        return Spread.of(figures(costs, figure));
    }

    private static List<Double> figures(List<DeliveryCost> costs, ToDoubleFunction<DeliveryCost> figure) {
        return costs.stream().mapToDouble(figure).boxed().toList();
    }
}
