package io.chittychat.client.render;

import java.util.List;

/** A line of a command's output, or a notice. */
public final class PlainLine {

    private static final int INDENT = 2; // columns, relative to the begin of the line
    private static final int LEAST =
            30; // columns; a terminal that is narrower, or of unknown width, breaks lines itself
    private static final char ESCAPE = '\u001b';

    private PlainLine() {}

    /**
     * The line, broken at spaces if it is too long, with the continuation indented. A line with styles has its layout already
     * and stays as it is.
     *
     * @param width of the terminal, in columns
     */
    public static String fit(String line, int width) {
        if (width < LEAST || line.indexOf(ESCAPE) >= 0 || TerminalText.width(line) <= width) {
            return line;
        }
        int begin = line.length() - line.stripLeading().length();
        String indent = " ".repeat(Math.min(begin + INDENT, width / 2));
        List<String> first = TerminalText.wrap(line, width);
        String rest = line.substring(first.get(0).length()).stripLeading();
        return first.get(0) + "\n" + indent
                + String.join("\n" + indent, TerminalText.wrap(rest, width - indent.length()));
    }
}
