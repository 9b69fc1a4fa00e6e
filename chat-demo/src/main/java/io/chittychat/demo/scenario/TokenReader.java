package io.chittychat.demo.scenario;

import java.util.List;

/** Reads the tokens of a line one after the other. An unexpected token is an {@link IllegalArgumentException}. */
final class TokenReader {

    private final List<Token> tokens;
    private int next;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Takes the next token, which must not be in quotes. */
    String word(String expected) {
        return token(false, expected);
    }

    /** Takes the next token, which must be in quotes. */
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

    /** Skips a word if it is the next token. */
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

    /** An exception for the last token, which is not the expected one. */
    IllegalArgumentException unexpected(String expected) {
        String found = next > tokens.size() ? "the end of the line" : last().toString();
        return new IllegalArgumentException(expected + "; found " + found);
    }

    private Token last() {
        return tokens.get(next - 1);
    }
}
