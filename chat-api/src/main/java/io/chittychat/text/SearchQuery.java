package io.chittychat.text;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What somebody looks for in texts: all of some terms, in any order. A term is a {@linkplain Words word}, or several that
 * must follow one another; the last word of the last term may be the beginning of a word. A query has no syntax.
 *
 * @param terms none of them empty; none at all finds nothing
 */
public record SearchQuery(List<List<String>> terms) {

    /** The query that somebody typed. */
    public static SearchQuery of(String query) {
        return new SearchQuery(List.copyOf(Words.runs(Words.fold(query))));
    }

    /** Whether a text is what is looked for. */
    public boolean matches(String text) {
        if (terms.isEmpty()) {
            return false;
        }
        String folded = Words.fold(text);
        for (List<String> term : terms) {
            for (String word : term) {
                if (!folded.contains(word)) {
                    return false; // most texts end here, before they are taken apart
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
