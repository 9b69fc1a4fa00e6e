package io.chittychat.text;

/**
 * Splits a line of logfmt into its pairs: the inverse of {@link Logfmt}, escapes included. It accepts only pairs with a
 * single space between them, because an almost correct line belongs to a log that was cut or mixed with another one.
 *
 * <p>Not safe for use by several threads.
 */
final class LogfmtReader {

    private final String line;
    private int at;

    LogfmtReader(String line) {
        this.line = line;
    }

    /** All pairs, in the order of the line. */
    LogfmtLine read() throws LogFormatException {
        LogfmtLine pairs = new LogfmtLine();
        while (at < line.length()) {
            if (at > 0) {
                expect(' ');
            }
            String key = key();
            if (!pairs.add(key, value())) {
                throw new LogFormatException("'" + key + "' is given twice");
            }
        }
        return pairs;
    }

    private String key() throws LogFormatException {
        int start = at;
        while (at < line.length() && isKeyPart(line.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw new LogFormatException("no key at column " + (at + 1));
        }
        String key = key(start);
        expect('=');
        return key;
    }

    /** A known key is not copied for each line. */
    private String key(int start) {
        int length = at - start;
        for (String known : LogKeys.ALL) {
            if (known.length() == length && line.startsWith(known, start)) {
                return known;
            }
        }
        return line.substring(start, at);
    }

    private static boolean isKeyPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    }

    private String value() throws LogFormatException {
        if (at < line.length() && line.charAt(at) == '"') {
            at++;
            return quoted();
        }
        int end = line.indexOf(' ', at);
        String value = line.substring(at, end < 0 ? line.length() : end);
        at += value.length();
        return value;
    }

    private String quoted() throws LogFormatException {
        int start = at;
        while (at < line.length() && line.charAt(at) != '"' && line.charAt(at) != '\\') {
            at++;
        }
        StringBuilder value = new StringBuilder(at - start).append(line, start, at);
        while (true) {
            char c = next();
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() throws LogFormatException {
        char c = next();
        return switch (c) {
            case '"', '\\' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw new LogFormatException("unknown escape at column " + at);
        };
    }

    private char hexadecimal() throws LogFormatException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw new LogFormatException("bad escape at column " + at);
            }
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    private char next() throws LogFormatException {
        if (at == line.length()) {
            throw new LogFormatException("ends inside quotes");
        }
        return line.charAt(at++);
    }

    private void expect(char expected) throws LogFormatException {
        if (at == line.length() || line.charAt(at) != expected) {
            throw new LogFormatException("no '" + expected + "' at column " + (at + 1));
        }
        at++;
    }
}
