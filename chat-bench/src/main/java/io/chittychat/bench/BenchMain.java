package io.chittychat.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.bench.cluster.ClusterWorkload;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.server.Installation;
import io.chittychat.bench.start.ColdWorkload;
import io.chittychat.bench.start.StartUpWorkload;
import io.chittychat.bench.workload.Bench;
import io.chittychat.bench.workload.CatchUpWorkload;
import io.chittychat.bench.workload.ChurnWorkload;
import io.chittychat.bench.workload.DurablePublishWorkload;
import io.chittychat.bench.workload.FanOutWorkload;
import io.chittychat.bench.workload.LectureHallWorkload;
import io.chittychat.bench.workload.SteadyFanOutWorkload;
import io.chittychat.bench.workload.Workload;
import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;

/** {@code chitty bench}: runs workloads, and writes a report. Progress goes to the standard error. */
public final class BenchMain {

    private static final List<Workload> WORKLOADS = List.of(
            new FanOutWorkload(),
            new SteadyFanOutWorkload(),
            new LectureHallWorkload(),
            new DurablePublishWorkload(),
            new CatchUpWorkload(),
            new ChurnWorkload(),
            new StartUpWorkload(),
            new ColdWorkload(),
            new ClusterWorkload());

    private BenchMain() {}

    /** Exits with 0 if everything was measured, 1 if not, 2 if the arguments are wrong. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        BenchOptions options = new BenchOptions(ids(workload -> !workload.isOnRequest()), ids(Workload::isOnRequest));
        CommandLine parser = options.parser();
        try {
            options.parse(parser, arguments);
            if (options.help()) {
                parser.usage(out, CommandLine.Help.Ansi.OFF);
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
        } catch (CommandLine.ParameterException e) {
            err.println("chitty bench: " + e.getMessage());
            err.println("See chitty bench --help.");
            return 2;
        } catch (BenchException | ProcessFailedException e) {
            err.println("chitty bench: " + e.getMessage());
            return 1;
        }
    }

    private static List<String> ids(Predicate<Workload> kind) {
        return WORKLOADS.stream().filter(kind).map(Workload::id).toList();
    }

    private static List<BenchReport.Section> measure(BenchOptions options, PrintStream progress) {
        try (Children children = new Children()) {
            Bench bench = new Bench(
                    Installation.of(options.home(), options.serverOptions(), options.dir(), children),
                    options.rounds(),
                    options.point(),
                    options.warmUp(),
                    options.only(),
                    options.backlog(),
                    options.fanOut(),
                    progress);
            return WORKLOADS.stream()
                    .filter(workload -> options.workloads().contains(workload.id()))
                    .map(workload -> workload.run(bench))
                    .toList();
        }
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
