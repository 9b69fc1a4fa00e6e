package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    private static final String FACE = "\ud83d\ude00";

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abcd", FACE + FACE + FACE + FACE})
    void shortTextIsKept(String text) {
        assertThat(Excerpt.of(text, 4)).isSameAs(text);
    }

    @Test
    void longTextIsCutAndItsLengthAppended() {
        assertThat(Excerpt.of("abcde", 4)).isEqualTo("abcd…(5 characters)");
        assertThat(Excerpt.of("x".repeat(1_000_000), 2)).isEqualTo("xx…(1000000 characters)");
    }

    @Test
    void noSurrogatePairIsCutInTwo() {
        assertThat(Excerpt.of(FACE.repeat(5), 4)).isEqualTo(FACE.repeat(4) + "…(10 characters)");
        assertThat(Excerpt.of("abc" + FACE + "d", 4)).isEqualTo("abc" + FACE + "…(6 characters)");
    }

    @Test
    void loneSurrogatesCountAsOneEach() {
        assertThat(Excerpt.of("\udc00\ud800\udc01\udc02", 2)).isEqualTo("\udc00\ud800\udc01…(4 characters)");
    }
}
