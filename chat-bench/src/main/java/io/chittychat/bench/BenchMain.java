package io.chittychat.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.server.Installation;
import io.chittychat.bench.start.StartUpWorkload;
import io.chittychat.bench.workload.Bench;
import io.chittychat.bench.workload.CatchUpWorkload;
import io.chittychat.bench.workload.ChurnWorkload;
import io.chittychat.bench.workload.DurablePublishWorkload;
import io.chittychat.bench.workload.FanOutWorkload;
import io.chittychat.bench.workload.LectureHallWorkload;
import io.chittychat.bench.workload.SteadyFanOutWorkload;
import io.chittychat.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures what it is asked for, and writes a report. Progress goes to the standard error. */
public final class BenchMain {

    private static final List<Workload> WORKLOADS = List.of(
            new FanOutWorkload(),
            new SteadyFanOutWorkload(),
            new LectureHallWorkload(),
            new DurablePublishWorkload(),
            new CatchUpWorkload(),
            new ChurnWorkload(),
            new StartUpWorkload());

    private BenchMain() {}

    /** Exits with 0 if all was measured, 1 if not, 2 if the arguments cannot be understood. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            BenchOptions options = BenchOptions.parse(
                    arguments, WORKLOADS.stream().map(Workload::id).toList());
            if (options.help()) {
                out.print(BenchOptions.USAGE);
                return 0;
            }
            List<BenchReport.Section> sections = measure(options, err);
            String report = BenchReport.of(options.command(), sections);
            out.print(report);
            write(report, options.output());
            for (BenchReport.Section section : sections) {
                section.chart().ifPresent(chart -> write(chart, options.chart()));
            }
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("chitty bench: " + e.getMessage());
            err.print(BenchOptions.USAGE);
            return 2;
        } catch (BenchException e) {
            err.println("chitty bench: " + e.getMessage());
            return 1;
        }
    }

    private static List<BenchReport.Section> measure(BenchOptions options, PrintStream progress) {
        Bench bench = new Bench(
                Installation.of(options.home(), options.serverOptions(), options.dir()),
                options.rounds(),
                options.point(),
                options.warmUp(),
                options.only(),
                options.backlog(),
                options.fanOut(),
                progress);
        List<BenchReport.Section> sections = new ArrayList<>();
        for (Workload workload : WORKLOADS) {
            if (options.workloads().contains(workload.id())) {
                sections.add(workload.run(bench));
            }
        }
        return sections;
    }

    private static void write(String text, Path output) {
        try {
            Path parent = output.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(output, text, UTF_8);
        } catch (IOException e) {
            throw new BenchException("cannot write " + output + ": " + e, e);
        }
    }
}
