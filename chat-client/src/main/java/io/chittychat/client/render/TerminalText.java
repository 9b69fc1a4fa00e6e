package io.chittychat.client.render;

import io.chittychat.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Fits text of other participants into columns of a terminal, and makes it harmless. */
final class TerminalText {

    /** The most marks on one letter. No script needs more, and more would paint over the lines above. */
    private static final int MAX_MARKS = 4;

    private static final String ELLIPSIS = "…";
    private static final int DOTTED_CIRCLE = 0x25cc; // the base that Unicode gives to a mark without a letter

    private TerminalText() {}

    /** The text with everything escaped or removed that moves the cursor, reorders text, or leaves its line. */
    static String tame(String foreign) {
        String text = SafeText.of(foreign);
        StringBuilder tame = new StringBuilder(text.length());
        int marks = 0;
        boolean first = true;
        for (int c : text.codePoints().toArray()) {
            if (!isMark(c)) {
                marks = 0;
            } else if (first) {
                tame.appendCodePoint(DOTTED_CIRCLE);
            }
            if (isMark(c) && ++marks > MAX_MARKS) {
                if (marks == MAX_MARKS + 1) {
                    tame.append(ELLIPSIS);
                }
            } else {
                tame.appendCodePoint(c);
            }
            first = false;
        }
        return tame.toString();
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** The width of a tame text, in columns. */
    static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** The text in at most so many columns; an ellipsis replaces the rest. */
    static String clip(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        return text.substring(0, fitting(text, columns - 1)) + ELLIPSIS;
    }

    /** The text right-aligned in so many columns, clipped if it is too wide. */
    static String right(String text, int columns) {
        String clipped = clip(text, columns);
        return " ".repeat(columns - width(clipped)) + clipped;
    }

    /** The text in lines of at most so many columns, broken at spaces if there are any. */
    static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (width(rest) > columns) {
            int end = fitting(rest, columns);
            int space = rest.lastIndexOf(' ', end);
            boolean atSpace = space > 0 && !rest.substring(0, space).isBlank();
            lines.add(rest.substring(0, atSpace ? space : end));
            rest = rest.substring(atSpace ? space + 1 : end);
        }
        lines.add(rest);
        return lines;
    }

    /** The number of chars of a text that fit; at least one character, so that a loop over the text ends. */
    private static int fitting(String text, int columns) {
        int used = 0;
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            used += width(codePoint);
            if (used > columns && i > 0) {
                return i;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }
}
