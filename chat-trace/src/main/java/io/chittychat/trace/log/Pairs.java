package io.chittychat.trace.log;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of a line, in its order. There are about ten of them and a log has millions of lines, so they are looked
 * through and not hashed. Filled by its maker, not changed after that.
 */
public final class Pairs {

    private static final int USUAL = 20;
    private static final int LONGEST_NUMBER = 19;

    private String[] keysAndValues = new String[USUAL];
    private int length;

    Pairs() {}

    /** Adds a pair; false if the key is there already. */
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

    /** The value of a key, or null if it is not there. */
    @Nullable
    String get(String key) {
        for (int i = 0; i < length; i += 2) {
            if (keysAndValues[i].equals(key)) {
                return keysAndValues[i + 1];
            }
        }
        return null;
    }

    /** Whether there is such a key. */
    boolean has(String key) {
        return get(key) != null;
    }

    /** The value of a key, if it is there. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(get(key));
    }

    /** The value of a key that must be there. */
    String required(String key) throws LogFormatException {
        String value = get(key);
        if (value == null) {
            throw new LogFormatException("has no '" + key + "'");
        }
        return value;
    }

    /** A Lamport time that must be there. */
    long number(String key) throws LogFormatException {
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
}
