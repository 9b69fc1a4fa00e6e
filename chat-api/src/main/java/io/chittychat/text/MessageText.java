package io.chittychat.text;

import java.util.Optional;

/**
 * The rule for the text of a message: 1 to {@value #MAX_CODE_POINTS} Unicode code points that can be encoded as UTF-8,
 * not only white space. A text is never truncated or normalised. Control characters are allowed; a program that shows a
 * text escapes them with {@link SafeText}.
 */
public final class MessageText {

    /** The longest text, in Unicode code points (not in bytes, UTF-16 units or visible characters). */
    public static final int MAX_CODE_POINTS = 128;

    /** The reasons why a text is invalid. */
    public enum Problem {
        TOO_LONG("has more than " + MAX_CODE_POINTS + " code points"),
        BLANK("is empty or only white space"),
        NOT_UTF8("is not well-formed UTF-8");

        private final String description;

        Problem(String description) {
            this.description = description;
        }

        /** The problem, as the end of a sentence that begins with "the text". */
        public String description() {
            return description;
        }
    }

    private MessageText() {}

    /** Why a text is invalid; empty if it is valid. */
    public static Optional<Problem> problem(String text) {
        if (text.length() > MAX_CODE_POINTS * 2) { // a code point has at most 2 UTF-16 units
            return Optional.of(Problem.TOO_LONG);
        }
        boolean blank = true;
        int length = 0;
        for (int i = 0; i < text.length(); length++) {
            int codePoint = text.codePointAt(i);
            if (CodePoints.isLoneSurrogate(codePoint)) {
                return Optional.of(Problem.NOT_UTF8);
            }
            blank = blank && CodePoints.isWhiteSpace(codePoint);
            i += Character.charCount(codePoint);
        }
        if (length > MAX_CODE_POINTS) {
            return Optional.of(Problem.TOO_LONG);
        }
        return blank ? Optional.of(Problem.BLANK) : Optional.empty();
    }

    /** The length of a text in Unicode code points. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Whether a string can be encoded as UTF-8: it has no lone surrogate. */
    public static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(CodePoints::isLoneSurrogate);
    }
}
