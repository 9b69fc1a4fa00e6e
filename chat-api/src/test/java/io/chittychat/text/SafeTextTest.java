package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    @Test
    void terminalSequenceMovesNoCursor() {
        assertThat(SafeText.of("\u001b[2J\u001b[H")).isEqualTo("\\u001b[2J\\u001b[H");
    }

    @Test
    void operatingSystemCommandSetsNoTitle() {
        assertThat(SafeText.of("\u001b]0;owned\u0007")).isEqualTo("\\u001b]0;owned\\u0007");
    }

    @Test
    void eightBitControlsAreEscaped() {
        assertThat(SafeText.of("\u009b2J\u009d0;owned\u009c")).isEqualTo("\\u009b2J\\u009d0;owned\\u009c");
    }

    @Test
    void newlineBeginsNoLine() {
        assertThat(SafeText.of("one\ntwo\r\nthree\tfour")).isEqualTo("one\\ntwo\\r\\nthree\\tfour");
    }

    @ParameterizedTest
    @CsvSource({"000b, \\u000b", "000c, \\u000c", "0085, \\u0085", "2028, \\u2028", "2029, \\u2029"})
    void noOtherLineSeparatorBeginsALine(String codePoint, String escape) {
        String separator = Character.toString(Integer.parseInt(codePoint, 16));

        assertThat(SafeText.of("a" + separator + "b")).isEqualTo("a" + escape + "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069})
    void bidirectionalControlReordersNothing(int codePoint) {
        assertThat(SafeText.of("a" + Character.toString(codePoint) + "b"))
                .isEqualTo("a\\u" + Integer.toHexString(codePoint) + "b");
    }

    @Test
    void loneSurrogateIsEscaped() {
        assertThat(SafeText.of("a\ud83db\ude00")).isEqualTo("a\\ud83db\\ude00");
    }

    @Test
    void everyControlCharacterIsEscaped() {
        for (int c = 0; c < 0xa0; c++) {
            String text = Character.toString(c);
            if (c < 0x20 || c >= 0x7f) {
                assertThat(SafeText.of(text)).as("U+%04X", c).matches("[\\x20-\\x7e]{2,}");
            } else {
                assertThat(SafeText.of(text)).as("U+%04X", c).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello, world",
                "C:\\temp \\n \\u001b",
                "Ren\u00e9 Rene\u0301",
                "\u4e2d\u6587",
                "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
                "\ud83d\ude00",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", // a family: joined by ZWJ
                "\u2764\ufe0f",
                "\ud83c\udde9\ud83c\uddf0",
                "\"quoted\" <b>&amp;</b>",
                "a\u00a0b\u3000c"
            })
    void otherTextIsUnchanged(String text) {
        assertThat(SafeText.of(text)).isSameAs(text);
    }

    @Test
    void textBesideAnEscapeIsKept() {
        assertThat(SafeText.of("\ud83d\ude00\u001b\ud83d\ude00\u00e9"))
                .isEqualTo("\ud83d\ude00\\u001b\ud83d\ude00\u00e9");
    }
}
