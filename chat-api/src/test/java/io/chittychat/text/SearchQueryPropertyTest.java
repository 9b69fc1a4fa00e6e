package io.chittychat.text;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.property.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SearchQueryPropertyTest {

    private static String simple(Draw draw) {
        return String.join(" ", draw.list(0, 6, each -> each.oneOf("a", "b", "ab", "abc", "B", "1")));
    }

    @Test
    void simpleTextIsSearchedAsByANaiveSearch() {
        record Search(String query, String text) {}
        forAll(draw -> new Search(simple(draw), simple(draw)), search -> {
            List<String> wanted = words(search.query());
            List<String> words = words(search.text());
            boolean found = !wanted.isEmpty()
                    && words.containsAll(wanted.subList(0, wanted.size() - 1))
                    && words.stream().anyMatch(word -> word.startsWith(wanted.get(wanted.size() - 1)));
            assertThat(SearchQuery.of(search.query()).matches(search.text())).isEqualTo(found);
        });
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Test
    void textIsFoundByItself() {
        forAll(
                Texts::foreign,
                text -> assertThat(SearchQuery.of(text).matches(text))
                        .isEqualTo(!Words.of(text).isEmpty()));
    }

    @Test
    void wordsHaveNoCharactersThatAreSyntaxOfAnIndex() {
        forAll(
                Texts::foreign,
                text -> assertThat(Words.of(text))
                        .allSatisfy(word -> assertThat(word)
                                .isNotEmpty()
                                .matches(w -> w.chars()
                                        .filter(c -> c < 0x80)
                                        .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9'))));
    }

    @Test
    void wordsOfWordsAreTheSame() {
        forAll(Texts::foreign, text -> {
            List<String> words = Words.of(text);
            assertThat(Words.of(String.join(" ", words))).isEqualTo(words);
        });
    }
}
