package io.chittychat.bench.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** All that was measured in one run, as Markdown. */
public final class BenchReport {

    private BenchReport() {}

    /**
     * What one workload gave.
     *
     * @param title of the workload
     * @param method how it was measured, in a sentence or two
     * @param chart a picture of it as SVG, if there is one
     */
    public record Section(String title, String method, List<Table> tables, Optional<String> chart) {

        /** With one table, and no chart. */
        public Section(String title, String method, MarkdownTable table) {
            this(title, method, List.of(new Table("", table)), Optional.empty());
        }
    }

    /** A table and what stands above it, or nothing. */
    public record Table(String caption, MarkdownTable cells) {}

    /** The text. */
    public static String of(String command, List<Section> sections) {
        StringBuilder text = new StringBuilder("# Chitty-Chat, measured\n\n");
        text.append("- command: `").append(command).append("`\n");
        text.append("- date: ")
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append('\n');
        text.append("- machine: ").append(Machine.describe()).append('\n');
        text.append("- figures: the median of all rounds (the least - the most)\n");
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
