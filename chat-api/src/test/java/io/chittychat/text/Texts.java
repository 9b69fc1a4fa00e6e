package io.chittychat.text;

import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Foreign text as an attacker would choose it, and the test's own idea of what is harmful. */
final class Texts {

    private Texts() {}

    /** Any UTF-16 at all, in which the dangerous characters are common. */
    static Arbitrary<String> foreign() {
        Arbitrary<String> dangerous = Arbitraries.of(
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
                "\\\"");
        Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(3);
        return Arbitraries.oneOf(dangerous, anything).list().ofMaxSize(20).map(parts -> String.join("", parts));
    }

    /** Foreign text without harmful characters. */
    static Arbitrary<String> harmless() {
        return foreign()
                .map(text -> text.codePoints()
                        .filter(codePoint -> !isHarmful(codePoint))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
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

    /** The number of lines that any reader could see in a text. */
    static long lines(String text) {
        return Stream.of(text.split("\\R|[\\u001c-\\u001e]", -1)).count();
    }
}
