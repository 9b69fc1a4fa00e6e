package io.chittychat.trace.diagram;

/**
 * Estimates the width of a text in any sans-serif font, independent of the fonts of the drawing machine. The estimates are those
 * of wide fonts, so that a text fits its room.
 */
final class TextWidth {

    private static final String NARROW = "ijlI.,:;'|!`";
    private static final String SLIM = "frt()[]{}/\\-\" ";
    private static final String BROAD = "mwMW@%—…";

    private TextWidth() {}

    /** Width in the unit of the font's size. */
    static double of(String text, double size) {
        return size * text.codePoints().mapToDouble(TextWidth::em).sum();
    }

    /** The longest beginning that fits, with an ellipsis if the text is longer. */
    static String shortened(String text, double size, double room) {
        if (of(text, size) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 0 && of(text.substring(0, end) + "…", size) > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).stripTrailing() + "…";
    }

    /** The text without its middle if it does not fit, because similar names differ at their ends. */
    static String squeezed(String text, double size, double room) {
        int head = text.length();
        int tail = text.length();
        String squeezed = text;
        while (of(squeezed, size) > room && (head > 0 || tail < text.length())) {
            if (head > text.length() - tail && head > 0) {
                head = text.offsetByCodePoints(head, -1);
                if (tail == text.length()) {
                    tail = text.length() / 2;
                    tail = Character.isLowSurrogate(text.charAt(tail)) ? tail + 1 : tail;
                    head = text.offsetByCodePoints(tail, -1);
                }
            } else {
                tail = text.offsetByCodePoints(tail, 1);
            }
            squeezed = text.substring(0, head) + "…" + text.substring(tail);
        }
        return squeezed;
    }

    private static double em(int codePoint) {
        if (codePoint < 0x2000) {
            return latin(codePoint);
        }
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> codePoint < 0x2100 ? latin(codePoint) : codePoint < 0x10000 ? 1.05 : 1.4;
        };
    }

    private static double latin(int codePoint) {
        if (NARROW.indexOf(codePoint) >= 0) {
            return 0.33;
        }
        if (SLIM.indexOf(codePoint) >= 0) {
            return 0.43;
        }
        if (BROAD.indexOf(codePoint) >= 0) {
            return 1.0;
        }
        if (codePoint >= 0x300 && Character.getType(codePoint) == Character.NON_SPACING_MARK) {
            return 0;
        }
        return Character.isUpperCase(codePoint) ? 0.74 : 0.63;
    }
}
