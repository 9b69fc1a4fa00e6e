package io.chittychat.bench.workload;

import static io.chittychat.bench.workload.FanOutSettings.USUAL_PARTICIPANTS;
import static io.chittychat.bench.workload.FanOutSettings.USUAL_TEXT;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.Contestants;
import io.chittychat.bench.report.BarChart;
import io.chittychat.bench.report.BenchReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** W1: the cost of a delivery at full load. */
public final class FanOutWorkload implements Workload {

    static final String METHOD = """
            %d publishers, and receivers with a connection each. A closed loop: a publish is settled when the first receiver has
            it, and 5,000 are under way (with more than 100 receivers fewer, in proportion, but at least 100); a round ends when
            every receiver has everything. Every receiver's deliveries are counted and must match exactly; those of Chitty-Chat
            and the textbook server must also have strictly increasing Lamport times. All servers run at the same time, and rounds
            alternate between them. CPU is user and system time of the server, and of the load generator, per delivery; lead is
            the former divided by the latter. Ratios are those of the same round. Chitty-Chat's publishers use PublishStream; its
            receivers read over gRPC, or by the Connect protocol over HTTP/1.1.
            """.formatted(RunningContestant.PUBLISHERS);

    @Override
    public String id() {
        return "W1";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        FanOutSettings settings = bench.fanOut();
        List<BenchReport.Table> tables = new ArrayList<>();
        Optional<String> chart = Optional.empty();
        for (int participants : settings.participants()) {
            List<Contestant> contestants = bench.wanted(settings.present(Contestants.fastWithHttp()));
            try (RunningContestants servers = RunningContestants.open(bench, id(), contestants, participants)) {
                for (int text : settings.texts()) {
                    String point = "%,d receivers, texts of %d code points".formatted(participants, text);
                    CostTables costs = new CostTables(FanOutRounds.measure(bench, id(), servers.all(), text, point));
                    tables.addAll(costs.tables(point));
                    if (participants == USUAL_PARTICIPANTS && text == USUAL_TEXT) {
                        chart = chart(bench, costs);
                    }
                }
            }
        }
        return new BenchReport.Section(
                "W1: saturated fan-out", METHOD + "\n" + settings.describe(Contestants.fastWithHttp()), tables, chart);
    }

    /** A machine without fonts measures, but draws no chart. */
    private static Optional<String> chart(Bench bench, CostTables costs) {
        Optional<String> obstacle = BarChart.obstacle();
        obstacle.ifPresent(why -> bench.say("no chart is drawn: " + why));
        return obstacle.isPresent() ? Optional.empty() : Optional.of(costs.chart());
    }
}
