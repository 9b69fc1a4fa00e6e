package io.chittychat.server.bridge;

import java.util.Arrays;
import java.util.Base64;

/** Base64 in which padding may occur within the text, because it was encoded in parts. */
final class Base64Chunks {

    private static final int QUANTUM = 4; // characters that encode up to three bytes

    private Base64Chunks() {}

    /** @throws RefusedException if the text is malformed */
    static byte[] decode(byte[] text) throws RefusedException {
        byte[] decoded = new byte[text.length / QUANTUM * 3 + 3];
        int length = 0;
        int begin = 0;
        while (begin < text.length) {
            int end = endOfChunk(text, begin);
            try {
                byte[] chunk = Base64.getDecoder().decode(Arrays.copyOfRange(text, begin, end));
                System.arraycopy(chunk, 0, decoded, length, chunk.length);
                length += chunk.length;
            } catch (IllegalArgumentException e) {
                throw RefusedException.invalid("the request is not valid Base64");
            }
            begin = end;
        }
        return Arrays.copyOf(decoded, length);
    }

    /** A chunk ends with its padding, or with the text. */
    private static int endOfChunk(byte[] text, int begin) {
        for (int at = begin + QUANTUM; at < text.length; at += QUANTUM) {
            if (text[at - 1] == '=') {
                return at;
            }
        }
        return text.length;
    }
}
