package io.chittychat.demo.scenario;

import java.util.List;

/** The tokens of a line, one after the other. Whatever is not as it should be is an {@link IllegalArgumentException}. */
final class TokenReader {

    private final List<Token> tokens;
    private int next;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The next token, which is not in quotes. */
    String word(String expected) {
        return token(false, expected);
    }

    /** The next token, which is in quotes. */
    String text(String expected) {
        return token(true, expected);
    }

    private String token(boolean isQuoted, String expected) {
        next++;
        if (next > tokens.size() || last().isQuoted() != isQuoted) {
            throw unexpected(expected);
        }
        return last().text();
    }

    void require(String word) {
        if (!word("expected '" + word + "'").equals(word)) {
            throw unexpected("expected '" + word + "'");
        }
    }

    /** Passes over a word if it is the next one. */
    boolean skip(String word) {
        boolean isNext = next < tokens.size() && tokens.get(next).is(word);
        next += isNext ? 1 : 0;
        return isNext;
    }

    void requireEnd() {
        if (next < tokens.size()) {
            next++;
            throw unexpected("expected the end of the line");
        }
    }

    /** The last token that was looked at is not what was expected. */
    IllegalArgumentException unexpected(String expected) {
        String found = next > tokens.size() ? "the end of the line" : last().toString();
        return new IllegalArgumentException(expected + "; found " + found);
    }

    private Token last() {
        return tokens.get(next - 1);
    }
}
