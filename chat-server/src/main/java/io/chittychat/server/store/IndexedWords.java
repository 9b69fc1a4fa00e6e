package io.chittychat.server.store;

import io.chittychat.text.SearchQuery;
import io.chittychat.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words by which the search index finds a message: the words of its text in order, then their beginnings of one and
 * two letters, each once and with a mark before it. Many words have the same short beginning, so a search for one by
 * the words themselves would read a large part of the index.
 */
final class IndexedWords {

    private static final int SHORT = 2; // letters of the longest beginning that is indexed
    private static final String MARK = "\ue000"; // for private use, so no word contains it

    private IndexedWords() {}

    /** The words of a message, in the order in which they are indexed. */
    static List<String> of(String text) {
        List<String> words = Words.of(text);
        Set<String> beginnings = new LinkedHashSet<>();
        for (String word : words) {
            for (int letters = 1; letters <= Math.min(SHORT, lettersOf(word)); letters++) {
                beginnings.add(MARK + word.substring(0, word.offsetByCodePoints(0, letters)));
            }
        }
        List<String> all = new ArrayList<>(words);
        all.addAll(beginnings);
        return all;
    }

    /**
     * Returns a query in the syntax of FTS5: each term in quotes, which no word contains; the last word of the last term
     * is a beginning.
     */
    static String match(SearchQuery query) {
        int last = query.terms().size() - 1;
        Stream<String> whole = query.terms().subList(0, last).stream().map(IndexedWords::quoted);
        return Stream.concat(whole, Stream.of(beginning(query.terms().get(last))))
                .collect(Collectors.joining(" "));
    }

    private static String beginning(List<String> term) {
        return term.size() == 1 && lettersOf(term.get(0)) <= SHORT
                ? quoted(List.of(MARK + term.get(0)))
                : quoted(term) + " *";
    }

    private static String quoted(List<String> term) {
        return '"' + String.join(" ", term) + '"';
    }

    private static int lettersOf(String word) {
        return word.codePointCount(0, word.length());
    }
}
