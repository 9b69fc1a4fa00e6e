package io.chittychat.text;

/**
 * One log record as {@code key=value key="quoted value"}, on one line whatever the values hold. A value that is empty or
 * holds a space, a quote, an equals sign or a backslash is quoted; inside quotes {@code "} and {@code \} are escaped by
 * a backslash. Harmful characters are escaped as {@link SafeText} does, also inside quotes.
 *
 * <p>Not safe for use by several threads; a record is built by one and printed.
 *
 * @see <a href="https://brandur.org/logfmt">B. Leach, logfmt</a>
 */
public final class Logfmt {

    private final StringBuilder line = new StringBuilder(160);

    /** Appends a pair with foreign text as its value. */
    public Logfmt with(String key, String value) {
        key(key);
        if (isPlain(value)) {
            line.append(value);
        } else {
            quote(value);
        }
        return this;
    }

    /** Appends a pair with a number as its value. */
    public Logfmt with(String key, long value) {
        key(key).line.append(value);
        return this;
    }

    private Logfmt key(String key) {
        if (!line.isEmpty()) {
            line.append(' ');
        }
        line.append(key).append('=');
        return this;
    }

    private void quote(String value) {
        line.append('"');
        value.codePoints().forEach(codePoint -> {
            if (codePoint == '"' || codePoint == '\\') {
                line.append('\\');
            }
            SafeText.append(line, codePoint);
        });
        line.append('"');
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isPlain(value.charAt(i))) {
                return value.codePoints().allMatch(Logfmt::isPlain);
            }
        }
        return !value.isEmpty();
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c != '"' && c != '=' && c != '\\' && (c < 0x7f || isPlainBeyondAscii(c));
    }

    private static boolean isPlainBeyondAscii(int codePoint) {
        return Character.isLetterOrDigit(codePoint);
    }

    /** The record, without a line end. */
    @Override
    public String toString() {
        return line.toString();
    }
}
