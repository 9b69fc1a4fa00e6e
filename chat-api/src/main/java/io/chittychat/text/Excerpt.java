package io.chittychat.text;

/**
 * Shortens a client's text, for example for a log line, so that the client cannot make the line arbitrarily long. Takes
 * time in proportion to the length of the result.
 */
public final class Excerpt {

    private Excerpt() {}

    /**
     * The text if it is short enough; otherwise its beginning, an ellipsis and its length, such as {@code aaaa…(1000
     * characters)}. The length is in UTF-16 units.
     *
     * @param maxCodePoints the most code points of the text to keep
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
