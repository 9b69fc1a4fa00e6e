package io.chittychat.bench.cluster;

import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import io.chittychat.bench.workload.Bench;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The part of W7 in which nodes and brokers are killed. */
final class FailurePart {

    private FailurePart() {}

    /** Measures what is wanted; no tables if that is nothing. */
    static List<BenchReport.Table> run(Bench bench) {
        Map<Failure, List<FailureRound>> rounds = new EnumMap<>(Failure.class);
        Stream.of(Failure.values())
                .filter(failure -> bench.wants(failure.row()))
                .forEach(failure -> rounds.put(failure, new ArrayList<>()));
        if (rounds.isEmpty()) {
            return List.of();
        }
        bench.say("W7: starting brokers and nodes, to kill them");
        try (RunningCluster cluster = RunningCluster.start(bench.installation(), "W7-failure", List.of())) {
            for (int round = 1; round <= bench.rounds(); round++) {
                for (Map.Entry<Failure, List<FailureRound>> entry : rounds.entrySet()) {
                    FailureRound seen = FailureRound.run(bench, cluster, entry.getKey(), round);
                    bench.say("W7: round %d, %s: nothing received for %,.0f ms, no acknowledgement for %,.0f ms"
                            .formatted(round, entry.getKey().row(), seen.gapMillis(), seen.waitMillis()));
                    entry.getValue().add(seen);
                }
            }
        }
        MarkdownTable table =
                new MarkdownTable("failure", "nothing received, ms", "longest wait for an acknowledgement, ms");
        rounds.forEach((failure, all) -> table.add(
                failure.row(),
                FigureFormat.whole(spread(all, FailureRound::gapMillis)),
                FigureFormat.whole(spread(all, FailureRound::waitMillis))));
        return List.of(new BenchReport.Table("What participants see of a failure", table));
    }

    private static Spread spread(List<FailureRound> rounds, ToDoubleFunction<FailureRound> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
