package io.chittychat.demo;

import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.TEXT;

import io.chittychat.text.SafeText;
import io.chittychat.trace.console.Style;
import io.chittychat.trace.log.LogRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the conversation while it is played. */
final class Narrator {

    /** More receivers are counted instead of named. */
    private static final int MOST_NAMED = 6;

    private final PrintStream out;
    private final Style style;

    Narrator(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    void heading(String sentence) {
        out.printf("%n%s%n", style.bold(sentence));
    }

    /** An event, with the copies of all connected participants. */
    void seen(List<LogRecord> copies) {
        copies.stream().limit(1).forEach(first -> {
            String sentence = sentence(first);
            if (copies.size() > MOST_NAMED) {
                event(first.lamport(), sentence + "  " + style.dim("(%s)".formatted(crowd(copies))));
                return;
            }
            event(first.lamport(), sentence);
            String receivers = copies.stream()
                    .map(copy -> copy.participant() + " at " + copy.clock())
                    .collect(Collectors.joining(", "));
            remark("received by " + receivers);
        });
    }

    private static String crowd(List<LogRecord> copies) {
        var clocks = copies.stream().mapToLong(LogRecord::clock).summaryStatistics();
        return "received by %d, at %d to %d".formatted(copies.size(), clocks.getMin(), clocks.getMax());
    }

    /** An event that no participant received. */
    void unseen(long lamport, String what) {
        event(lamport, what);
    }

    /** An incident that is no event of the chat. */
    void happens(String what) {
        out.printf("  %s  %s%n", style.dim("-------"), what);
    }

    /**
     * A participant is connected again.
     *
     * @param missed the events that it received then
     * @param joinedAgain whether its session had expired
     */
    void back(String name, List<LogRecord> missed, boolean joinedAgain) {
        happens(name + (joinedAgain ? " joins again automatically: its session had expired" : " is back"));
        if (missed.isEmpty()) {
            note("nothing was said meanwhile");
        } else {
            note("and receives what was said meanwhile: "
                    + missed.stream().map(event -> "L " + event.lamport()).collect(Collectors.joining(", ")));
        }
    }

    /** Some pairs of simultaneous messages are concurrent. */
    void concurrent(int pairs, int of) {
        if (of == 1) {
            note("each had sent before it received the other's: neither knew of the other");
        } else if (pairs == of) {
            note("each had sent before it received any other's: none knew of another");
        } else {
            note("in %d of %d pairs each had sent before it received the other's: neither knew of the other"
                    .formatted(pairs, of));
        }
    }

    /** A remark on the event before. */
    void note(String remark) {
        remark("(" + remark + ")");
    }

    private void remark(String remark) {
        out.printf("           %s%n", style.dim(remark));
    }

    /** {@code once}, or {@code 3 times}. */
    static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private void event(long lamport, String what) {
        out.printf("  %s  %s%n", style.cyan("[L %3d]".formatted(lamport)), what);
    }

    private static String sentence(LogRecord event) {
        String text = SafeText.of(event.find(TEXT).orElse(""));
        return event.isEvent("published") ? event.find(FROM).orElse("?") + ": " + text : "* " + text;
    }
}
