package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParticipantNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\u4e2d", "\ud83d\ude00"})
    void nameOfOneTo32CodePointsIsValid(String character) {
        assertThat(ParticipantName.problem(character)).isEmpty();
        assertThat(ParticipantName.problem(character.repeat(32))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\u4e2d", "\ud83d\ude00"})
    void nameOf33CodePointsIsRefused(String character) {
        assertThat(ParticipantName.problem(character.repeat(33))).contains("has more than 32 code points");
    }

    @Test
    void lengthIsCountedAfterComposition() {
        assertThat(ParticipantName.problem("e\u0301".repeat(32))).isEmpty();
        assertThat(ParticipantName.problem("e\u0301".repeat(33))).isPresent();
    }

    @Test
    void longestSpellingOfANameIsAccepted() {
        String alpha = "\u03b1\u0313\u0300\u0345"; // alpha with three marks: U+1F82
        assertThat(ParticipantName.of(alpha.repeat(32)).value()).isEqualTo("\u1f82".repeat(32));
        assertThat(ParticipantName.problem(alpha.repeat(32) + "a")).contains("has more than 32 code points");
    }

    @Test
    void everySpellingOfANameIsWithinTheRawLimit() {
        int longest = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .mapToObj(c -> Normalizer.normalize(Character.toString(c), Form.NFD))
                .filter(decomposed -> codePoints(Normalizer.normalize(decomposed, Form.NFC)) == 1)
                .mapToInt(String::length)
                .max()
                .orElseThrow();

        assertThat(ParticipantName.MAX_CODE_POINTS * longest).isLessThanOrEqualTo(ParticipantName.MAX_RAW_LENGTH);
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    /** To normalise this name takes minutes. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void lengthIsCheckedFirst() {
        String marks = "a" + "\u0301".repeat(250_000) + "\u0323".repeat(250_000);

        assertThat(ParticipantName.problem(marks)).contains("has more than 32 code points");
    }

    @Test
    void lengthIsNotCountedAfterCompatibilityDecomposition() {
        assertThat(ParticipantName.problem("\ufb03".repeat(32))).isEmpty(); // a ligature of three letters
    }

    @Test
    void emptyNameIsRefused() {
        assertThat(ParticipantName.problem("")).contains("is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000", // control
                "\u001b",
                "\n",
                "\u007f",
                "\u0085",
                "\u009b",
                "\u00ad", // format
                "\u200b",
                "\u200d",
                "\u200f",
                "\u202e",
                "\u2066",
                "\ufeff",
                "\udb40\udc41", // a tag character
                "\ud800", // surrogate
                "\udfff",
                "\ue000", // private use
                "\udbff\udffd",
                "\u2028", // line and paragraph separators
                "\u2029"
            })
    void forbiddenCharacterIsRefusedAtAnyPosition(String character) {
        assertThat(ParticipantName.problem(character)).isPresent();
        assertThat(ParticipantName.problem(character + "bob")).isPresent();
        assertThat(ParticipantName.problem("b" + character + "ob")).isPresent();
        assertThat(ParticipantName.problem("bob" + character)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("io.chittychat.text.MessageTextTest#whiteSpace")
    void spaceAtEitherEndIsRefused(int codePoint) {
        String space = Character.toString(codePoint);

        assertThat(ParticipantName.problem(space)).isPresent();
        assertThat(ParticipantName.problem(space + "bob")).isPresent();
        assertThat(ParticipantName.problem("bob" + space)).isPresent();
    }

    @Test
    void spaceInsideIsKept() {
        assertThat(ParticipantName.of("Mary Ann").value()).isEqualTo("Mary Ann");
    }

    @Test
    void nameIsShownComposed() {
        assertThat(ParticipantName.of("Rene\u0301").value()).isEqualTo("Ren\u00e9");
        assertThat(ParticipantName.of("Rene\u0301")).isEqualTo(ParticipantName.of("Ren\u00e9"));
    }

    @Test
    void nameIsShownInItsOwnCase() {
        assertThat(ParticipantName.of("McDonald")).hasToString("McDonald");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, ALICE",
        "Stra\u00dfe, STRASSE",
        "Stra\u1e9ee, strasse", // capital sharp s
        "\uff41\uff4c\uff49\uff43\uff45, Alice", // fullwidth
        "\u212aelvin, kelvin", // Kelvin sign
        "\u212b, \u00e5", // Angstrom sign
        "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2, \u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3", // final sigma
        "\u03c3, \u03c2",
        "\u017f, S", // long s
        "\ufb03, FFI", // ligature
        "\u2460, 1", // circled digit
        "\u0130, i\u0307", // dotted capital I
        "\u1fb3, \u0391\u0399", // alpha with iota subscript
        "\u10d0, \u1c90", // Georgian
        "\u13a0, \uab70", // Cherokee
        "\ud801\udc00, \ud801\udc28" // Deseret, beyond the basic plane
    })
    void sameName(String one, String other) {
        assertThat(ParticipantName.of(one).key())
                .isEqualTo(ParticipantName.of(other).key());
    }

    @ParameterizedTest
    @CsvSource({
        "alice, alise",
        "i, \u0131", // dotless i
        "I, \u0131",
        "i, \u0130", // dotted capital I is i and a dot
        "e, \u00e9",
        "a, \u0430", // Cyrillic
        "mary ann, maryann"
    })
    void notTheSameName(String one, String other) {
        assertThat(ParticipantName.of(one).key())
                .isNotEqualTo(ParticipantName.of(other).key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Chitty-Chat",
                "chitty-chat",
                "CHITTY-CHAT",
                "server",
                "Server",
                "SERVER",
                "\u017ferver", // long s
                "\uff53\uff45\uff52\uff56\uff45\uff52",
                "\uff23\uff28\uff29\uff34\uff34\uff39\uff0d\uff23\uff28\uff21\uff34"
            })
    void reservedNameIsRefusedInAnySpelling(String name) {
        assertThat(ParticipantName.problem(name)).contains("is reserved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servers", "ser ver", "Chitty", "chittychat"})
    void nameThatOnlyResemblesAReservedOneIsValid(String name) {
        assertThat(ParticipantName.problem(name)).isEmpty();
    }

    @Test
    void invalidNameCannotBeMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParticipantName.of("server"))
                .withMessage("is reserved");
    }
}
