package io.chittychat.text;

/**
 * Builds one log record as {@code key=value key="quoted value"}; always one line. A value is quoted if it is empty, or
 * has a space, a quote, an equals sign, a backslash, a control character, or a character beyond ASCII that is neither
 * letter nor digit. Inside quotes, a backslash escapes {@code "} and {@code \}; {@link SafeText} escapes harmful
 * characters.
 *
 * <p>Threading: not thread-safe; one thread builds a record.
 *
 * @see <a href="https://brandur.org/logfmt">B. Leach, logfmt</a>
 */
public final class Logfmt {

    private final StringBuilder line = new StringBuilder(160);

    /** Appends a pair with any text as its value. */
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
        for (int at = 0; at < value.length(); ) {
            int codePoint = value.codePointAt(at);
            if (codePoint == '"' || codePoint == '\\') {
                line.append('\\');
            }
            SafeText.append(line, codePoint);
            at += Character.charCount(codePoint);
        }
        line.append('"');
    }

    private static boolean isPlain(String value) {
        for (int at = 0; at < value.length(); ) {
            int codePoint = value.codePointAt(at);
            if (!isPlain(codePoint)) {
                return false;
            }
            at += Character.charCount(codePoint);
        }
        return !value.isEmpty();
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c != '"' && c != '=' && c != '\\' && (c < 0x7f || isPlainBeyondAscii(c));
    }

    private static boolean isPlainBeyondAscii(int codePoint) {
        return Character.isLetterOrDigit(codePoint);
    }

    /** The record, without a line break at its end. */
    @Override
    public String toString() {
        return line.toString();
    }
}
