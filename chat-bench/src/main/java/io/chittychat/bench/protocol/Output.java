package io.chittychat.bench.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** Bytes to send to a server. Threading: its connection's loop. */
public final class Output {

    private static final int SMALL = 64;
    private static final int VARINT_MASK = 0x7f;

    private byte[] bytes = new byte[SMALL];
    private int start;
    private int end;

    public Output put(int octet) {
        room(1);
        bytes[end++] = (byte) octet;
        return this;
    }

    /** In network order. */
    public Output putShort(int value) {
        return put(value >>> 8).put(value);
    }

    /** In network order. */
    public Output putInt(int value) {
        return putShort(value >>> 16).putShort(value);
    }

    public Output put(byte[] some) {
        room(some.length);
        System.arraycopy(some, 0, bytes, end, some.length);
        end += some.length;
        return this;
    }

    public Output put(String text) {
        return put(text.getBytes(UTF_8));
    }

    /** Seven bits in a byte, the lowest first, as in protobuf and MQTT. */
    public Output putVarint(long value) {
        long rest = value;
        while ((rest & ~VARINT_MASK) != 0) {
            put((int) (rest & VARINT_MASK) | ~VARINT_MASK);
            rest >>>= 7;
        }
        return put((int) rest);
    }

    public boolean isEmpty() {
        return start == end;
    }

    public int size() {
        return end - start;
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** Removes all bytes. */
    public void clear() {
        start = 0;
        end = 0;
    }

    /** Writes as much as the channel takes. */
    public void writeTo(WritableByteChannel channel) throws IOException {
        start += channel.write(ByteBuffer.wrap(bytes, start, end - start));
        if (start == end) {
            clear();
        }
    }

    private void room(int more) {
        if (end + more <= bytes.length) {
            return;
        }
        int size = end - start;
        byte[] target = size + more > bytes.length ? new byte[Math.max(2 * bytes.length, size + more)] : bytes;
        System.arraycopy(bytes, start, target, 0, size);
        bytes = target;
        start = 0;
        end = size;
    }
}
