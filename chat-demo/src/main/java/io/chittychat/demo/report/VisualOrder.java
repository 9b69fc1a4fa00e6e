package io.chittychat.demo.report;

import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Puts right-to-left text into visual order, because the PDF converter writes from left to right only. Arabic letters are not
 * joined.
 */
final class VisualOrder {

    private VisualOrder() {}

    /** One line in visual order. */
    static String of(String line) {
        char[] chars = line.toCharArray();
        if (!Bidi.requiresBidi(chars, 0, chars.length)) {
            return line;
        }
        Bidi bidi = new Bidi(line, Bidi.DIRECTION_LEFT_TO_RIGHT);
        int count = bidi.getRunCount();
        byte[] levels = new byte[count];
        String[] runs = new String[count];
        for (int i = 0; i < count; i++) {
            levels[i] = (byte) bidi.getRunLevel(i);
            String run = line.substring(bidi.getRunStart(i), bidi.getRunLimit(i));
            runs[i] = levels[i] % 2 == 0 ? run : reversed(run);
        }
        Bidi.reorderVisually(levels, 0, runs, 0, count);
        return String.join("", runs);
    }

    /** Reversed by characters as users see them. */
    private static String reversed(String run) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(run);
        List<String> parts = new ArrayList<>();
        int start = characters.first();
        for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
            parts.add(mirrored(run.substring(start, end)));
            start = end;
        }
        Collections.reverse(parts);
        return String.join("", parts);
    }

    private static String mirrored(String character) {
        return switch (character) {
            case "(" -> ")";
            case ")" -> "(";
            case "[" -> "]";
            case "]" -> "[";
            case "<" -> ">";
            case ">" -> "<";
            case "{" -> "}";
            case "}" -> "{";
            default -> character;
        };
    }
}
