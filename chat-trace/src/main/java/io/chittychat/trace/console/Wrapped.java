package io.chittychat.trace.console;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines for a terminal. */
final class Wrapped {

    private Wrapped() {}

    /** The text in lines of at most this many characters, but for words that are longer. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (text.length() - start > width) {
            int end = text.lastIndexOf(' ', start + width);
            if (end <= start) {
                end = text.indexOf(' ', start + width);
            }
            if (end < 0) {
                break;
            }
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        lines.add(text.substring(start));
        return lines;
    }
}
