package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.Contestants;
import io.chittychat.bench.load.Loop;
import io.chittychat.bench.load.SettledPublishes;
import io.chittychat.bench.measure.CpuMeter;
import io.chittychat.bench.measure.OpenFiles;
import io.chittychat.bench.measure.ResidentMemory;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** W3: one publisher, thousands of receivers. */
public final class LectureHallWorkload implements Workload {

    private static final int WARM_UP_PUBLISHES = 30;
    private static final int PUBLISHES = 30;
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private static final String METHOD = """
            %,d receivers with a connection each, and one publish at a time: the time until the last receiver has it, over %d
            publishes a round after %d that do not count. CPU is the server's per delivery. Memory is the server's resident memory
            with all receivers minus that without receivers, divided by their number, both after %d s of quiet. Each round has a
            server of its own, one at a time; %d rounds. Receivers of Chitty-Chat read over gRPC, or by the Connect protocol over
            HTTP/1.1.
            """;

    /** One round of one contestant. */
    private record Lecture(List<Double> millis, double serverMicros, double kilobytes) {

        double median() {
            return Spread.of(millis).median();
        }
    }

    @Override
    public String id() {
        return "W3";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        int receivers = bench.fanOut().audience();
        OpenFiles.require(receivers);
        Map<Contestant, List<Lecture>> rounds = new LinkedHashMap<>();
        for (int round = 1; round <= bench.longRounds(); round++) {
            for (Contestant contestant : bench.wanted(bench.fanOut().present(Contestants.fastWithHttp()))) {
                Lecture lecture = measure(bench, contestant, receivers);
                bench.say("W3: round %d, %s: %.1f ms, %.1f us per delivery, %.1f KB"
                        .formatted(
                                round,
                                contestant.label(),
                                lecture.median(),
                                lecture.serverMicros(),
                                lecture.kilobytes()));
                rounds.computeIfAbsent(contestant, any -> new ArrayList<>()).add(lecture);
            }
        }
        String method =
                METHOD.formatted(receivers, PUBLISHES, WARM_UP_PUBLISHES, SETTLING.toSeconds(), bench.longRounds());
        return new BenchReport.Section(
                "W3: lecture hall",
                method + "\n" + bench.fanOut().describe(Contestants.fastWithHttp()),
                List.of(new BenchReport.Table("", table(rounds))),
                Optional.empty());
    }

    private Lecture measure(Bench bench, Contestant contestant, int receivers) {
        try (Loop loop = new Loop();
                RunningContestant running = RunningContestant.open(bench, id(), contestant, loop)) {
            long empty = settledMemory(loop, running);
            running.crowd().connect(receivers, 1);
            double kilobytes = (settledMemory(loop, running) - empty) / 1024.0 / receivers;
            SettledPublishes.run(running.crowd(), WARM_UP_PUBLISHES);
            CpuMeter meter = running.meter();
            List<Double> millis = SettledPublishes.run(running.crowd(), PUBLISHES);
            return new Lecture(millis, meter.stop().serverMicros((long) PUBLISHES * receivers), kilobytes);
        }
    }

    private static long settledMemory(Loop loop, RunningContestant running) {
        long end = System.nanoTime() + SETTLING.toNanos();
        loop.run(() -> System.nanoTime() - end > 0, SETTLING.multipliedBy(10), "settling");
        return ResidentMemory.of(running.server().pid());
    }

    private static MarkdownTable table(Map<Contestant, List<Lecture>> rounds) {
        MarkdownTable table = new MarkdownTable(
                "server", "last has it, ms", "of all publishes, ms", "server CPU, us", "memory each, KB");
        rounds.forEach((contestant, lectures) -> table.add(
                contestant.label(),
                FigureFormat.exact(
                        Spread.of(lectures.stream().map(Lecture::median).toList())),
                FigureFormat.exact(Spread.of(lectures.stream()
                        .flatMap(lecture -> lecture.millis().stream())
                        .toList())),
                FigureFormat.exact(
                        Spread.of(lectures.stream().map(Lecture::serverMicros).toList())),
                FigureFormat.exact(
                        Spread.of(lectures.stream().map(Lecture::kilobytes).toList()))));
        return table;
    }
}
