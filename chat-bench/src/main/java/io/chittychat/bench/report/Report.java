package io.chittychat.bench.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** All that was measured in one run, as Markdown. */
public final class Report {

    private Report() {}

    /**
     * What one workload gave.
     *
     * @param title of the workload
     * @param method how it was measured, in a sentence or two
     */
    public record Section(String title, String method, MarkdownTable table) {}

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
            text.append(section.table());
        }
        return text.toString();
    }
}
