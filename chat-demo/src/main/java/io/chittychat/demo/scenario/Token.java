package io.chittychat.demo.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a line, or a text in quotes.
 *
 * @param text without the quotes
 * @param isQuoted whether there were quotes
 */
record Token(String text, boolean isQuoted) {

    boolean is(String word) {
        return !isQuoted && text.equals(word);
    }

    @Override
    public String toString() {
        return isQuoted ? "\"" + text + "\"" : "'" + text + "'";
    }

    /**
     * Splits a line, up to a comment. Quotes may be typographic, because editors make them; inside quotes {@code \"} is a quote and
     * {@code \\} a backslash.
     *
     * @throws IllegalArgumentException if a quoted text has no end, with a sentence for the user
     */
    static List<Token> of(String line) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '#') {
                break;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '"' || c == '“') {
                at = quoted(line, at + 1, c == '"' ? '"' : '”', tokens);
            } else {
                at = word(line, at, tokens);
            }
        }
        return List.copyOf(tokens);
    }

    private static int word(String line, int start, List<Token> tokens) {
        int end = start;
        while (end < line.length()
                && !Character.isWhitespace(line.charAt(end))
                && "\"“#".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        tokens.add(new Token(line.substring(start, end), false));
        return end;
    }

    private static int quoted(String line, int start, char closing, List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        for (int at = start; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == closing) {
                tokens.add(new Token(text.toString(), true));
                return at + 1;
            }
            if (c == '\\' && at + 1 < line.length() && "\"\\”".indexOf(line.charAt(at + 1)) >= 0) {
                at++;
            }
            text.append(line.charAt(at));
        }
        throw new IllegalArgumentException("a quoted text has no closing quote");
    }
}
