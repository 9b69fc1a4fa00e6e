package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.Contestants;
import io.chittychat.bench.measure.Spread;
import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.report.FigureFormat;
import io.chittychat.bench.report.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** W4: the speed of acknowledged publishes, for each durability, and of peers with a durability of theirs. */
public final class DurablePublishWorkload implements Workload {

    private static final List<String> DURABILITIES = List.of("fsync", "os", "memory");

    private static final String METHOD =
            """
            Publishers over up to %d connections, each with one publish under way (a closed loop, so latencies are those under the
            full load of these publishers); PostgreSQL has a connection for each, because it has one transaction at a time. The
            last row of each server is one PublishStream, or one connection, with %d publishes under way; for PostgreSQL, one
            transaction of %d rows after the other. Texts of 64 bytes; ours are repeatable (with a sequence). Latency is from just
            before a publish is sent until its acknowledgement is received. CPU is user and system time of the server, with all its
            processes (of the load generator), per acknowledged publish. All servers run at the same time, and rounds alternate
            between them. Ratios are those of the same round.
            """.formatted(PublishingServers.CONNECTIONS, PublishingServers.MOST, PublishingServers.MOST);

    @Override
    public String id() {
        return "W4";
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        FanOutSettings settings = bench.fanOut();
        List<Contestant> peers = Contestants.durablePeers();
        List<String> durabilities = DURABILITIES.stream()
                .filter(durability -> settings.wants("chitty-" + durability))
                .toList();
        List<PublishRow> rows;
        try (PublishingServers servers = PublishingServers.open(bench, durabilities, settings.present(peers))) {
            rows = PublishRow.measure(bench, id(), servers.all());
        }
        return new BenchReport.Section(
                "W4: acknowledged publishes", METHOD + "\n" + settings.describe(peers), tables(rows), Optional.empty());
    }

    private static List<BenchReport.Table> tables(List<PublishRow> rows) {
        List<BenchReport.Table> tables = new ArrayList<>(List.of(new BenchReport.Table("", costs(rows))));
        Map<String, List<PublishRow>> peers = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> !row.server().isOurs())
                .forEach(row -> peers.computeIfAbsent(row.server().name(), any -> new ArrayList<>())
                        .add(row));
        if (!peers.isEmpty() && rows.stream().anyMatch(row -> row.server().isOurs())) {
            tables.add(new BenchReport.Table(
                    "Server CPU by that of others with as many publishers, in the same round", ratios(rows, peers)));
        }
        return tables;
    }

    private static MarkdownTable costs(List<PublishRow> rows) {
        MarkdownTable table = new MarkdownTable(
                "durability, publishers",
                "publishes/s",
                "ack p50, ms",
                "ack p99, ms",
                "server CPU, us",
                "generator CPU, us");
        rows.forEach(row -> table.add(
                row.name(),
                FigureFormat.whole(row.spread(PublishCost::rate)),
                FigureFormat.exact(row.spread(cost -> cost.millis(50))),
                FigureFormat.exact(row.spread(cost -> cost.millis(99))),
                FigureFormat.exact(row.spread(PublishCost::serverMicros)),
                FigureFormat.exact(row.spread(PublishCost::generatorMicros))));
        return table;
    }

    /** A row for each of ours, and a column for each peer. */
    private static MarkdownTable ratios(List<PublishRow> rows, Map<String, List<PublishRow>> peers) {
        List<String> head = new ArrayList<>(List.of("durability, publishers"));
        peers.keySet().forEach(peer -> head.add("by " + peer));
        MarkdownTable table = new MarkdownTable(head.toArray(String[]::new));
        rows.stream().filter(row -> row.server().isOurs()).forEach(row -> {
            List<String> cells = new ArrayList<>(List.of(row.name()));
            peers.values().forEach(theirs -> cells.add(ratio(row, theirs)));
            table.add(cells.toArray(String[]::new));
        });
        return table;
    }

    private static String ratio(PublishRow ours, List<PublishRow> theirs) {
        return theirs.stream()
                .filter(row -> row.number() == ours.number())
                .findFirst()
                .map(row -> FigureFormat.exact(
                        Spread.ratio(ours.figures(PublishCost::serverMicros), row.figures(PublishCost::serverMicros))))
                .orElse("");
    }
}
