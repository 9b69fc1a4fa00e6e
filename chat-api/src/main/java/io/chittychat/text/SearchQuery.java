package io.chittychat.text;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A search query. A text matches if it has all terms, in any order. A term is a {@linkplain Words word}, or several
 * adjacent words; the last word of the last term also matches the beginning of a longer word. A query has no syntax.
 *
 * @param terms the terms, each with at least one word; without terms, the query matches nothing
 */
public record SearchQuery(List<List<String>> terms) {

    /** Makes a query of the text that a user typed. */
    public static SearchQuery of(String query) {
        return new SearchQuery(List.copyOf(Words.runs(Words.fold(query))));
    }

    /** Whether a text matches the query. */
    public boolean matches(String text) {
        if (terms.isEmpty()) {
            return false;
        }
        String folded = Words.fold(text);
        for (List<String> term : terms) {
            for (String word : term) {
                if (!folded.contains(word)) {
                    return false; // rules out most texts cheaply, before they are split into words
                }
            }
        }
        List<String> words = Words.ofFolded(folded);
        int last = terms.size() - 1;
        return IntStream.rangeClosed(0, last)
                .allMatch(term -> IntStream.rangeClosed(
                                0, words.size() - terms.get(term).size())
                        .anyMatch(at -> standsAt(terms.get(term), words, at, term == last)));
    }

    private static boolean standsAt(List<String> term, List<String> words, int at, boolean openEnd) {
        int end = term.size() - 1;
        String wordAtEnd = words.get(at + end);
        return words.subList(at, at + end).equals(term.subList(0, end))
                && (openEnd ? wordAtEnd.startsWith(term.get(end)) : wordAtEnd.equals(term.get(end)));
    }
}
