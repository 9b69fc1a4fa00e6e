package io.chittychat.client.render;

import io.chittychat.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Foreign text as columns of a terminal: harmless, and as wide as it is told to be. */
final class Columns {

    /** Of the marks on one letter. More of them are no script's, and paint over the lines above. */
    private static final int MAX_MARKS = 4;

    private static final String ELLIPSIS = "…";
    private static final int DOTTED_CIRCLE = 0x25cc; // what Unicode puts under a mark that has no letter

    private Columns() {}

    /** The text without anything that moves the cursor, reorders, or leaves its line by piling up marks. */
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

    /** How many columns a tame text takes. */
    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** The text in at most so many columns; an ellipsis stands for what does not fit. */
    static String clip(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        return text.substring(0, fitting(text, columns - 1)) + ELLIPSIS;
    }

    /** The text at the right end of so many columns, clipped if need be. */
    static String right(String text, int columns) {
        String clipped = clip(text, columns);
        return " ".repeat(columns - width(clipped)) + clipped;
    }

    /** The text in lines of at most so many columns, broken at spaces where there are any. */
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

    /** How many chars of a text fit; at least one character, so that whoever goes on gets on. */
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
