package io.chittychat.text;

/**
 * The beginning of a foreign text, for a place where it is named but need not be read to its end, such as a line of a
 * log: a caller must not decide how much is written there. What it costs does not depend on the length of the text.
 */
public final class Excerpt {

    private Excerpt() {}

    /**
     * The text if it is short enough; otherwise its beginning, an ellipsis and its length: {@code aaaa…(1000 characters)}.
     *
     * @param maxCodePoints how much of it is kept
     */
    public static String of(String text, int maxCodePoints) {
        if (text.length() <= maxCodePoints) {
            return text;
        }
        int end = 0;
        for (int i = 0; i < maxCodePoints && end < text.length(); i++) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end == text.length() ? text : text.substring(0, end) + "…(" + text.length() + " characters)";
    }
}
