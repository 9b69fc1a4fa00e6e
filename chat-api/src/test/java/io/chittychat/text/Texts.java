package io.chittychat.text;

import io.chittychat.property.Draw;
import java.util.stream.Stream;

/** Texts as an attacker would choose them, and a definition of harmful characters that does not use the tested code. */
final class Texts {

    private static final String[] DANGEROUS = {
        "\u001b",
        "\u001b[31m",
        "\n",
        "\r",
        "\t",
        "\u0000",
        "\u007f",
        "\u0085",
        "\u009b",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u2066",
        "\ud83d",
        "\ude00",
        "\"",
        "\\",
        "=",
        " ",
        "\\n",
        "\\u001b",
        "\\\""
    };

    private Texts() {}

    /** Any UTF-16 text, with many dangerous characters. */
    static String foreign(Draw draw) {
        return String.join("", draw.list(0, 20, each -> each.yesOrNo() ? each.oneOf(DANGEROUS) : each.text(0, 3)));
    }

    /** Any text without harmful characters. */
    static String harmless(Draw draw) {
        return foreign(draw)
                .codePoints()
                .filter(codePoint -> !isHarmful(codePoint))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static boolean isHarmful(String text) {
        return text.codePoints().anyMatch(Texts::isHarmful);
    }

    private static boolean isHarmful(int c) {
        return c < 0x20
                || (c >= 0x7f && c < 0xa0)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || (c >= 0xd800 && c <= 0xdfff);
    }

    /** The number of lines of a text, by every character that any program treats as a line break. */
    static long lines(String text) {
        return Stream.of(text.split("\\R|[\\u001c-\\u001e]", -1)).count();
    }
}
