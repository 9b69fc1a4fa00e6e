package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SearchQueryPropertyTest {

    @Provide
    Arbitrary<String> foreign() {
        return Texts.foreign();
    }

    @Provide
    Arbitrary<String> simple() {
        return Arbitraries.of("a", "b", "ab", "abc", "B", "1")
                .list()
                .ofMaxSize(6)
                .map(words -> String.join(" ", words));
    }

    @Property
    void simpleTextIsSearchedAsOneWouldByHand(@ForAll("simple") String query, @ForAll("simple") String text) {
        List<String> wanted = words(query);
        List<String> words = words(text);
        boolean found = !wanted.isEmpty()
                && words.containsAll(wanted.subList(0, wanted.size() - 1))
                && words.stream().anyMatch(word -> word.startsWith(wanted.get(wanted.size() - 1)));
        assertThat(SearchQuery.of(query).matches(text)).isEqualTo(found);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Property
    void textIsFoundByItself(@ForAll("foreign") String text) {
        assertThat(SearchQuery.of(text).matches(text)).isEqualTo(!Words.of(text).isEmpty());
    }

    @Property
    void wordsHoldNothingThatAnIndexCouldTakeForSyntax(@ForAll("foreign") String text) {
        assertThat(Words.of(text))
                .allSatisfy(word -> assertThat(word)
                        .isNotEmpty()
                        .matches(w -> w.chars()
                                .filter(c -> c < 0x80)
                                .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9')));
    }

    @Property
    void wordsOfWordsAreTheSame(@ForAll("foreign") String text) {
        List<String> words = Words.of(text);
        assertThat(Words.of(String.join(" ", words))).isEqualTo(words);
    }
}
