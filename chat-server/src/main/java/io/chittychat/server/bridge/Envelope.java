package io.chittychat.server.bridge;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Messages in an envelope: a byte of flags, the length in four bytes, and the message. */
final class Envelope {

    /** The bytes before a message. */
    static final int PREFIX = 5;

    private static final int COMPRESSED = 1;

    private Envelope() {}

    static byte[] of(int flags, byte[] message) {
        return ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) flags)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /**
     * Opens the only envelope of a body.
     *
     * @throws RefusedException if the body is not exactly one envelope with an uncompressed message
     */
    static byte[] open(byte[] body) throws RefusedException {
        if (body.length == 0) {
            throw RefusedException.unimplemented("the request has no message; this method takes one");
        }
        if (body.length < PREFIX) {
            throw RefusedException.invalid("the request ends within the five bytes before a message");
        }
        ByteBuffer prefix = ByteBuffer.wrap(body);
        int flags = prefix.get() & 0xff;
        long length = Integer.toUnsignedLong(prefix.getInt());
        if ((flags & COMPRESSED) != 0) {
            throw RefusedException.invalid("the message is marked as compressed, but no encoding was agreed on");
        }
        if (flags != 0) {
            throw RefusedException.invalid("the flags of the message are " + flags + "; those of a request are 0");
        }
        long rest = body.length - PREFIX - length;
        if (rest < 0) {
            throw RefusedException.invalid("the request ends within its message");
        }
        if (rest > 0) {
            throw RefusedException.unimplemented("there are bytes after the message; this method takes one message");
        }
        return Arrays.copyOfRange(body, PREFIX, body.length);
    }
}
