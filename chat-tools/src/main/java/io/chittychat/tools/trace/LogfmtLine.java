package io.chittychat.tools.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes a line of logfmt apart: the inverse of {@link io.chittychat.text.Logfmt}, escapes included. Strict, because a
 * line that is nearly right is a log that was cut or mixed.
 *
 * <p>Not safe for use by several threads.
 */
final class LogfmtLine {

    private final String line;
    private int at;

    private LogfmtLine(String line) {
        this.line = line;
    }

    /**
     * The pairs of a line, in its order.
     *
     * @throws LogFormatException if the line is anything but pairs with a single space between them
     */
    static Map<String, String> parse(String line) throws LogFormatException {
        return new LogfmtLine(line).pairs();
    }

    private Map<String, String> pairs() throws LogFormatException {
        Map<String, String> pairs = new LinkedHashMap<>();
        while (at < line.length()) {
            if (at > 0) {
                expect(' ');
            }
            String key = key();
            if (pairs.putIfAbsent(key, value()) != null) {
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
        String key = line.substring(start, at);
        if (key.isEmpty()) {
            throw new LogFormatException("no key at column " + (at + 1));
        }
        expect('=');
        return key;
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
        StringBuilder value = new StringBuilder();
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
