package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogfmtTest {

    private static String value(String value) {
        return new Logfmt().with("text", value).toString();
    }

    @Test
    void recordWithoutPairsIsEmpty() {
        assertThat(new Logfmt()).hasToString("");
    }

    @Test
    void pairsStandInTheirOrderWithASpaceBetween() {
        assertThat(new Logfmt().with("rpc", "Publish").with("lamport", 9).with("outcome", "OK"))
                .hasToString("rpc=Publish lamport=9 outcome=OK");
    }

    @Test
    void numberIsPlain() {
        assertThat(new Logfmt().with("least", Long.MIN_VALUE).with("zero", 0))
                .hasToString("least=-9223372036854775808 zero=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "2026-11-21T10:50:39.123Z", "a/b?c&d", "Ren\u00e9", "\u4e2d\u6587", "'", "[x]"})
    void plainValueIsNotQuoted(String value) {
        assertThat(value(value)).isEqualTo("text=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hello there", "a=b", "\ud83d\ude00", "e\u0301", "a\u00a0b", "a\u3000b"})
    void valueThatIsNotPlainIsQuoted(String value) {
        assertThat(value(value)).isEqualTo("text=\"" + value + "\"");
    }

    @Test
    void quoteAndBackslashAreEscaped() {
        assertThat(value("say \"hi\"")).isEqualTo("text=\"say \\\"hi\\\"\"");
        assertThat(value("C:\\temp")).isEqualTo("text=\"C:\\\\temp\"");
    }

    @Test
    void harmfulCharactersAreEscapedInsideQuotes() {
        assertThat(value("a\nb\r\t\u001b[31m\u202e\u2028\ud800"))
                .isEqualTo("text=\"a\\nb\\r\\t\\u001b[31m\\u202e\\u2028\\ud800\"");
    }

    @Test
    void escapedNewlineAndLiteralBackslashDiffer() {
        assertThat(value("\n")).isEqualTo("text=\"\\n\"");
        assertThat(value("\\n")).isEqualTo("text=\"\\\\n\"");
    }

    @Test
    void valueCannotForgeAPair() {
        assertThat(value("x\" outcome=\"OK")).isEqualTo("text=\"x\\\" outcome=\\\"OK\"");
    }
}
