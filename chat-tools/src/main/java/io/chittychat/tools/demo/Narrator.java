package io.chittychat.tools.demo;

import io.chittychat.text.SafeText;
import io.chittychat.tools.trace.LogRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Tells people what happens, while it happens. */
final class Narrator {

    private final PrintStream out;
    private final Style style;

    Narrator(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    void heading(String sentence) {
        out.printf("%n%s%n", style.bold(sentence));
    }

    /** An event, as everybody present has logged it. */
    void seen(List<LogRecord> copies) {
        copies.stream().limit(1).forEach(first -> event(first.lamport(), sentence(first)));
        String receivers = copies.stream()
                .map(copy -> copy.participant() + " at " + copy.clock())
                .collect(Collectors.joining(", "));
        out.printf("          %s%n", style.dim("received by " + receivers));
    }

    /** An event that reached nobody, since nobody was there. */
    void unseen(long lamport, String what) {
        event(lamport, what);
    }

    /** A remark on what was just seen. */
    void note(String remark) {
        out.printf("          %s%n", style.dim("(" + remark + ")"));
    }

    private void event(long lamport, String what) {
        out.printf("  %s  %s%n", style.cyan("[L %3d]".formatted(lamport)), what);
    }

    private static String sentence(LogRecord event) {
        String text = SafeText.of(event.find("text").orElse(""));
        return event.isEvent("published") ? event.find("from").orElse("?") + ": " + text : "* " + text;
    }
}
