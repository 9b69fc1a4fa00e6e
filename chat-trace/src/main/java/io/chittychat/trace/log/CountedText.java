package io.chittychat.trace.log;

/**
 * Text of which only so many characters can be looked at: a regular expression that tries ever more ways to match ends. Not safe
 * for use by several threads.
 */
final class CountedText implements CharSequence {

    /** Looks at characters for one line and one expression: a usual expression needs some for each character. */
    private static final int MOST_LOOKS = 2_000_000;

    /** Too many characters were looked at. */
    static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }

    private final String text;
    private int looks;

    CountedText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (++looks > MOST_LOOKS) {
            throw new TooManySteps();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
