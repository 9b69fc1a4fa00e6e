package io.chittychat.demo.report;

/**
 * Writes foreign text as AsciiDoc without mark-up: every ASCII character with a meaning becomes a character reference. For
 * paragraphs and table cells; log lines are in verbatim blocks.
 */
final class Adoc {

    private final Fonts fonts;

    Adoc(Fonts fonts) {
        this.fonts = fonts;
    }

    /** Plain text. */
    String text(String foreign) {
        return references(VisualOrder.of(fonts.shown(foreign)));
    }

    /** Text in the font for code. */
    String code(String foreign) {
        return foreign.isEmpty() ? "" : "``" + text(foreign) + "``";
    }

    /** A comment of the contract: text, and code in backquotes. */
    String comment(String comment) {
        String[] parts = comment.split("`", -1);
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            boolean quoted = i % 2 == 1 && i < parts.length - 1;
            result.append(quoted ? code(parts[i]) : text(parts[i]));
        }
        return result.toString();
    }

    private static String references(String text) {
        StringBuilder result = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < 0x80 && c != ' ' && !Character.isLetterOrDigit(c)) {
                result.append("&#").append(c).append(';');
            } else {
                result.appendCodePoint(c);
            }
        });
        return result.toString();
    }
}
