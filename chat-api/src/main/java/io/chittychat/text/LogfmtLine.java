package io.chittychat.text;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of a line of logfmt, in the order of the line, as {@link Logfmt} wrote them. Immutable.
 *
 * <p>A line has about ten pairs and a log has millions of lines, so keys are compared one by one instead of hashed.
 */
public final class LogfmtLine {

    private static final int USUAL = 20;
    private static final int LONGEST_NUMBER = 19;

    private String[] keysAndValues = new String[USUAL];
    private int length;

    LogfmtLine() {}

    /**
     * Reads a line.
     *
     * @throws LogFormatException if the line is anything but pairs with a single space between them
     */
    public static LogfmtLine parse(String line) throws LogFormatException {
        return new LogfmtReader(line).read();
    }

    /** Adds a pair, for the reader only; false if the key exists already. */
    boolean add(String key, String value) {
        if (get(key) != null) {
            return false;
        }
        if (length == keysAndValues.length) {
            keysAndValues = Arrays.copyOf(keysAndValues, 2 * length);
        }
        keysAndValues[length++] = key;
        keysAndValues[length++] = value;
        return true;
    }

    /** The value of a key, or null if the line does not have it. */
    public @Nullable String get(String key) {
        for (int i = 0; i < length; i += 2) {
            if (keysAndValues[i].equals(key)) {
                return keysAndValues[i + 1];
            }
        }
        return null;
    }

    /** Whether the line has a key. */
    public boolean has(String key) {
        return get(key) != null;
    }

    /** The value of a key, if the line has it. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(get(key));
    }

    /**
     * The value of a key.
     *
     * @throws LogFormatException if the line does not have it
     */
    public String required(String key) throws LogFormatException {
        String value = get(key);
        if (value == null) {
            throw new LogFormatException("has no '" + key + "'");
        }
        return value;
    }

    /**
     * The Lamport time of a key.
     *
     * @throws LogFormatException if the line does not have it, or its value is not a number from 0 to {@link Long#MAX_VALUE}
     */
    public long lamportTime(String key) throws LogFormatException {
        String value = required(key);
        if (value.isEmpty() || value.length() > LONGEST_NUMBER || !isDigits(value)) {
            throw new LogFormatException("'" + key + "' is no Lamport time: " + value);
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new LogFormatException("'" + key + "' is too large: " + value);
        }
    }

    private static boolean isDigits(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Whether another line has the same pairs in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogfmtLine line
                && Arrays.equals(keysAndValues, 0, length, line.keysAndValues, 0, line.length);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(Arrays.copyOf(keysAndValues, length));
    }
}
