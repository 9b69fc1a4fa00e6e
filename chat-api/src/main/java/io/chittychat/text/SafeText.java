package io.chittychat.text;

import java.util.HexFormat;

/**
 * Escapes harmful characters of another user's text, so that it cannot move the cursor of a terminal, set its title or
 * reorder its text, and cannot begin a new line in a log. Control characters (ESC, CSI and OSC among them), line and
 * paragraph separators, controls of the bidirectional algorithm and lone surrogates become visible escapes such as
 * {@code \n} or <code>&#92;u202e</code>. All other characters stay as they are.
 */
public final class SafeText {

    private static final HexFormat HEX = HexFormat.of();

    private SafeText() {}

    /** The text with its harmful characters as visible escapes. */
    public static String of(String text) {
        int harmful = firstHarmful(text);
        if (harmful == text.length()) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, harmful);
        text.substring(harmful).codePoints().forEach(codePoint -> append(safe, codePoint));
        return safe.toString();
    }

    /** Appends a code point, or its escape if it is harmful. */
    static void append(StringBuilder target, int codePoint) {
        if (isHarmful(codePoint)) {
            escape(target, codePoint);
        } else {
            target.appendCodePoint(codePoint);
        }
    }

    private static int firstHarmful(String text) {
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (isHarmful(codePoint)) {
                break;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }

    private static boolean isHarmful(int codePoint) {
        return Character.isISOControl(codePoint)
                || CodePoints.isLineSeparator(codePoint)
                || CodePoints.isBidiControl(codePoint)
                || CodePoints.isLoneSurrogate(codePoint);
    }

    private static void escape(StringBuilder target, int codePoint) {
        switch (codePoint) {
            case '\n' -> target.append("\\n");
            case '\r' -> target.append("\\r");
            case '\t' -> target.append("\\t");
            default ->
                target.append("\\u").append(HEX.toHexDigits((char) codePoint)); // all harmful ones are below U+10000
        }
    }
}
