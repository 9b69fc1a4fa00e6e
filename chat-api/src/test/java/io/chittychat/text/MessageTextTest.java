package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.text.MessageText.Problem;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {

    /** The property White_Space, copied from PropList.txt. */
    static IntStream whiteSpace() {
        return IntStream.of(
                0x0009, 0x000a, 0x000b, 0x000c, 0x000d, 0x0020, 0x0085, 0x00a0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
                0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000);
    }

    /** Characters of one code point each, of one to four bytes in UTF-8 and one or two UTF-16 units. */
    static Stream<String> characters() {
        return Stream.of("a", "\u00e9", "\u20ac", "\u4e2d", "\ud83d\ude00", "\ud834\udd1e", "\udbff\udfff", "\u0000");
    }

    @ParameterizedTest
    @MethodSource("characters")
    void textOfTheGreatestLengthIsValid(String character) {
        assertThat(MessageText.problem(character.repeat(128))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("characters")
    void textOfOneCodePointMoreIsTooLong(String character) {
        assertThat(MessageText.problem(character.repeat(129))).contains(Problem.TOO_LONG);
    }

    @ParameterizedTest
    @MethodSource("characters")
    void textOfOneCodePointIsValid(String character) {
        assertThat(MessageText.problem(character)).isEmpty();
    }

    @Test
    void decomposedAccentsCountAsTwoCodePoints() {
        String decomposed = "e\u0301";

        assertThat(MessageText.problem(decomposed.repeat(64))).isEmpty();
        assertThat(MessageText.problem(decomposed.repeat(64) + "e")).contains(Problem.TOO_LONG);
    }

    @Test
    void everyPartOfAnEmojiSequenceCounts() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67"; // three people and two joiners

        assertThat(MessageText.length(family)).isEqualTo(5);
        assertThat(MessageText.problem(family.repeat(25) + "abc")).isEmpty();
        assertThat(MessageText.problem(family.repeat(25) + "abcd")).contains(Problem.TOO_LONG);
    }

    @Test
    void emptyTextIsBlank() {
        assertThat(MessageText.problem("")).contains(Problem.BLANK);
    }

    @ParameterizedTest
    @MethodSource("whiteSpace")
    void textOfWhiteSpaceIsBlank(int codePoint) {
        assertThat(MessageText.problem(Character.toString(codePoint).repeat(3))).contains(Problem.BLANK);
    }

    @ParameterizedTest
    @MethodSource("whiteSpace")
    void whiteSpaceAroundALetterIsKeptAndValid(int codePoint) {
        String space = Character.toString(codePoint);

        assertThat(MessageText.problem(space + "a" + space)).isEmpty();
    }

    @Test
    void nothingElseInUnicodeIsWhiteSpace() {
        int[] blank = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> MessageText.problem(Character.toString(c))
                        .filter(Problem.BLANK::equals)
                        .isPresent())
                .toArray();

        assertThat(blank).containsExactly(whiteSpace().toArray());
    }

    @Test
    void whiteSpaceCountsTowardsTheLength() {
        assertThat(MessageText.problem("a" + " ".repeat(127))).isEmpty();
        assertThat(MessageText.problem("a" + " ".repeat(128))).contains(Problem.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\ud800', '\udbff', '\udc00', '\udfff'})
    void loneSurrogateIsNotUtf8(char surrogate) {
        assertThat(MessageText.problem("a" + surrogate)).contains(Problem.NOT_UTF8);
        assertThat(MessageText.problem(surrogate + "a")).contains(Problem.NOT_UTF8);
        assertThat(MessageText.isWellFormed("a" + surrogate + "b")).isFalse();
    }

    @Test
    void textThatIsFarTooLongIsNotReadCompletely() {
        assertThat(MessageText.problem("a".repeat(256) + "\ud800")).contains(Problem.TOO_LONG);
        assertThat(MessageText.problem("\ud83d\ude00".repeat(128))).isEmpty(); // 256 UTF-16 units
    }

    @Test
    void surrogatesInTheWrongOrderAreNotUtf8() {
        assertThat(MessageText.problem("\ude00\ud83d")).contains(Problem.NOT_UTF8);
    }

    @Test
    void surrogatePairIsWellFormed() {
        assertThat(MessageText.isWellFormed("\ud83d\ude00")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\u001b[2J", "a\nb", "\u007f", "\u009b", "\u202e", "\u200b", "\ufeff"})
    void controlAndFormatCharactersAreLegal(String text) {
        assertThat(MessageText.problem(text)).isEmpty();
    }

    @Test
    void everyProblemHasADescription() {
        assertThat(Problem.values())
                .allSatisfy(problem -> assertThat(problem.description()).isNotBlank());
    }
}
