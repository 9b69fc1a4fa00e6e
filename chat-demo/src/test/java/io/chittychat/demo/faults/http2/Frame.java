package io.chittychat.demo.faults.http2;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A frame of HTTP/2. Nothing about it is checked when it is made, since tests send wrong ones.
 *
 * @param stream the stream's number, 0 for the connection
 * @param payload what follows the header; not copied
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-4">RFC 9113, section 4</a>
 */
public record Frame(int type, int flags, int stream, byte[] payload) {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int NO_FLAGS = 0;
    public static final int ACK = 1;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;
    public static final int PADDED = 8;
    public static final int WITH_PRIORITY = 0x20;

    private static final int HEADER = 9; // bytes of a frame's header
    private static final int RESERVED = 0x7fffffff;

    /** Reads one frame; throws EOFException where the connection ends. */
    static Frame read(DataInputStream in) throws IOException {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & RESERVED;
        byte[] payload = new byte[lengthAndType >>> 8];
        in.readFully(payload);
        return new Frame(lengthAndType & 0xff, flags, stream, payload);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** As it is sent. */
    public byte[] bytes() {
        return ByteBuffer.allocate(HEADER + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
