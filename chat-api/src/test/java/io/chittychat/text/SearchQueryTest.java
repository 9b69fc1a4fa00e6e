package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {

    private static boolean finds(String query, String text) {
        return SearchQuery.of(query).matches(text);
    }

    @Test
    void allWordsMustBeThereInAnyOrder() {
        assertThat(finds("two one", "one, two")).isTrue();
        assertThat(finds("one three", "one two")).isFalse();
        assertThat(finds("one one", "one")).isTrue();
    }

    @Test
    void onlyTheLastWordMatchesABeginning() {
        assertThat(finds("hello wor", "Hello, world!")).isTrue();
        assertThat(finds("hel world", "Hello, world!")).isFalse();
        assertThat(finds("orld", "Hello, world!")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "RØDGRØD, rødgrød med fløde",
        "creme brulee, Crème Brûlée",
        "CRÈME, creme",
        "strasse, STRASSE",
        "strasse, Straße",
        "STRAẞE, strasse",
        "οδος, ΟΔΟΣ",
        "ΟΔΟΣ, οδός",
        "istanbul, İSTANBUL",
        "ещё, ЕЩЕ",
        "ﬁne, FINE",
        "ｆｕｌｌ, full",
        "e\u0301te\u0301, été",
        "۱۲, ۱۲۳",
        "हिन्दी, मैं हिन्दी बोलता हूँ",
        "한, 한국어",
    })
    void caseDiacriticsAndCompatibilityFormsDoNotMatter(String query, String text) {
        assertThat(finds(query, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"か, が", "日本, 本日", "本語日, 日本語", "한국, 한라산", "हिन्दू, हिन्दी"})
    void differentLettersAreDifferentWords(String query, String text) {
        assertThat(finds(query, text)).isFalse();
    }

    @Test
    void anySequenceOfCharactersIsFoundInScriptsWithoutSpaces() {
        assertThat(finds("漢字", "これは漢字です")).isTrue();
        assertThat(finds("サーバー", "新しいサーバーを始める")).isTrue();
        assertThat(finds("สวัสดี", "คุณสวัสดีครับ")).isTrue();
        assertThat(finds("chat室", "the Chat室 is open")).isTrue();
        assertThat(finds("語 日", "日本語")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"one\"", "one*", "one - two", "-one", "one:two", "NEAR(one two)", "^one", "{one} : two", "(one"
            })
    void nothingIsSyntax(String query) {
        assertThat(finds(query, "near one two")).isTrue();
        assertThat(finds(query, "near three")).isFalse();
    }

    @Test
    void operatorsAreWords() {
        assertThat(finds("one AND two", "one two")).isFalse();
        assertThat(finds("one AND two", "two and one")).isTrue();
        assertThat(finds("NOT", "it is not")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "\"", "* - :", "\u0301", "…", "\u0000", "👍🏽 ❤️"})
    void queryWithoutAWordFindsNothing(String query) {
        assertThat(SearchQuery.of(query).terms()).isEmpty();
        assertThat(finds(query, query + " one")).isFalse();
    }

    @Test
    void wordsAreLettersAndDigits() {
        assertThat(Words.of("It's 4:30pm (UTC+2)\u0000now_or never²"))
                .isEqualTo(List.of("it", "s", "4", "30pm", "utc", "2", "now", "or", "never2"));
        assertThat(Words.of("v1日本 x")).containsExactly("v1", "日", "本", "x");
        assertThat(Words.of("日v1")).containsExactly("日", "v1");
    }
}
