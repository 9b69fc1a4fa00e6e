package io.chittychat.text;

/** Classes of Unicode code points that the rules of this package share. */
final class CodePoints {

    private CodePoints() {}

    /** The property White_Space of the Unicode Character Database (PropList.txt). */
    static boolean isWhiteSpace(int codePoint) {
        return (codePoint >= 0x09 && codePoint <= 0x0d) || codePoint == 0x85 || Character.isSpaceChar(codePoint);
    }

    /** A surrogate outside a pair, which cannot be encoded as UTF-8. */
    static boolean isLoneSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    /** Line and paragraph separator, which end a line as a newline does. */
    static boolean isLineSeparator(int codePoint) {
        return codePoint == 0x2028 || codePoint == 0x2029;
    }

    /**
     * Embeddings, overrides and isolates of the bidirectional algorithm (UAX #9), which reorder the text after them.
     */
    static boolean isBidiControl(int codePoint) {
        return (codePoint >= 0x202a && codePoint <= 0x202e) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
