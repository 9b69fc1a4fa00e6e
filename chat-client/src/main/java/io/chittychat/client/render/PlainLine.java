package io.chittychat.client.render;

import java.util.List;

/** A line of words about the chat: an answer, help, or a notice. */
public final class PlainLine {

    private static final int INDENT = 2; // columns, beyond where the line begins
    private static final int LEAST = 30; // columns; a terminal that is narrower, or does not say, breaks lines itself
    private static final char ESCAPE = '\u001b';

    private PlainLine() {}

    /**
     * The line, broken at spaces where it is too long, and the rest of it indented. A line that has styles was laid out
     * before and stays as it is.
     *
     * @param width of the terminal, in columns
     */
    public static String fit(String line, int width) {
        if (width < LEAST || line.indexOf(ESCAPE) >= 0 || Columns.width(line) <= width) {
            return line;
        }
        int begin = line.length() - line.stripLeading().length();
        String indent = " ".repeat(Math.min(begin + INDENT, width / 2));
        List<String> first = Columns.wrap(line, width);
        String rest = line.substring(first.get(0).length()).stripLeading();
        return first.get(0) + "\n" + indent + String.join("\n" + indent, Columns.wrap(rest, width - indent.length()));
    }
}
