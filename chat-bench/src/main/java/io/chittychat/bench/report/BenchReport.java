package io.chittychat.bench.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The measurements of one run, as Markdown. */
public final class BenchReport {

    private BenchReport() {}

    /**
     * The result of one workload.
     *
     * @param title of the workload
     * @param method how it was measured
     * @param chart a picture of it as SVG, if there is one
     */
    public record Section(String title, String method, List<Table> tables, Optional<String> chart) {

        /** A section with one table, and no chart. */
        public Section(String title, String method, MarkdownTable table) {
            this(title, method, List.of(new Table("", table)), Optional.empty());
        }
    }

    /** A table, and the caption above it, which may be empty. */
    public record Table(String caption, MarkdownTable cells) {}

    /** The text. */
    public static String of(String command, List<Section> sections) {
        StringBuilder text = new StringBuilder("# Chitty-Chat, measured\n\n");
        text.append("- command: `").append(command).append("`\n");
        text.append("- date: ")
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append('\n');
        text.append("- machine: ").append(Machine.describe()).append('\n');
        text.append("- figures: the median of all rounds (minimum - maximum)\n");
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n\n");
            text.append(section.method()).append("\n\n");
            section.tables().forEach(table -> append(text, table));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Table table) {
        if (!table.caption().isEmpty()) {
            text.append(table.caption()).append(":\n\n");
        }
        text.append(table.cells()).append('\n');
    }
}
