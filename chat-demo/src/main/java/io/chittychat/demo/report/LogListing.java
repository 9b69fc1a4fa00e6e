package io.chittychat.demo.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a log or of a source file as a verbatim block: numbered, and wrapped by the widths of their characters. No line of the
 * block begins with foreign text, so none can be a directive or the end of the block.
 */
final class LogListing {

    private static final String CONTINUED = "     \u21aa ";

    private final Fonts fonts;
    private final double width;

    /**
     * @param width the width of a line, in multiples of the font's size
     */
    LogListing(Fonts fonts, double width) {
        this.fonts = fonts;
        this.width = width;
    }

    /**
     * Makes the block.
     *
     * @param first the number of the first line
     */
    String of(int first, List<String> lines) {
        StringBuilder block = new StringBuilder("[subs=specialchars]\n----\n");
        for (int i = 0; i < lines.size(); i++) {
            for (String part : wrapped(first + i, lines.get(i))) {
                block.append(part).append('\n');
            }
        }
        return block.append("----\n").toString();
    }

    private List<String> wrapped(int number, String line) {
        List<String> parts = new ArrayList<>();
        String prefix = "%5d  ".formatted(number);
        String rest = fonts.shown(line);
        do {
            int end = fitting(rest, width - width(prefix));
            parts.add((prefix + VisualOrder.of(rest.substring(0, end))).stripTrailing());
            rest = rest.substring(end);
            prefix = CONTINUED;
        } while (!rest.isEmpty());
        return parts;
    }

    /** The length of the beginning that fits, up to a space if the second half has one. */
    private int fitting(String text, double room) {
        double used = 0;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            used += fonts.width(c);
            if (used > room) {
                int space = text.lastIndexOf(' ', end - 1);
                return space > end / 2 ? space + 1 : Math.max(end, Character.charCount(c));
            }
            end += Character.charCount(c);
        }
        return end;
    }

    private double width(String text) {
        return text.codePoints().mapToDouble(fonts::width).sum();
    }
}
