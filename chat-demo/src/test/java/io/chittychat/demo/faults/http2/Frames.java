package io.chittychat.demo.faults.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Frames that are often needed, as they are sent. */
public final class Frames {

    /** Error codes of RST_STREAM and GOAWAY (RFC 9113, section 7). */
    public static final int NO_ERROR = 0;

    public static final int CANCEL = 8;

    /** Numbers of SETTINGS (RFC 9113, section 6.5.2). */
    public static final int HEADER_TABLE_SIZE = 1;

    public static final int INITIAL_WINDOW_SIZE = 4;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    private Frames() {}

    /** What a client's connection begins with. */
    public static byte[] preface() {
        return PREFACE.clone();
    }

    /** @param numbersAndValues a setting's number, its value, and so on */
    public static byte[] settings(int... numbersAndValues) {
        ByteBuffer payload = ByteBuffer.allocate(numbersAndValues.length / 2 * (Short.BYTES + Integer.BYTES));
        for (int i = 0; i < numbersAndValues.length; i += 2) {
            payload.putShort((short) numbersAndValues[i]).putInt(numbersAndValues[i + 1]);
        }
        return frame(Frame.SETTINGS, Frame.NO_FLAGS, 0, payload.array());
    }

    public static byte[] windowUpdate(int stream, int bytes) {
        return frame(Frame.WINDOW_UPDATE, Frame.NO_FLAGS, stream, number(bytes));
    }

    public static byte[] reset(int stream, int error) {
        return frame(Frame.RST_STREAM, Frame.NO_FLAGS, stream, number(error));
    }

    /** A call's headers, whole. */
    public static byte[] headers(int stream, HeaderBlock headers) {
        return frame(Frame.HEADERS, Frame.END_HEADERS, stream, headers.encoded());
    }

    public static byte[] data(int stream, byte[] content) {
        return frame(Frame.DATA, Frame.NO_FLAGS, stream, content);
    }

    /** The last data of a stream. */
    public static byte[] lastData(int stream, byte[] content) {
        return frame(Frame.DATA, Frame.END_STREAM, stream, content);
    }

    public static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return new Frame(type, flags, stream, payload).bytes();
    }

    /** Four bytes, the highest first. */
    public static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public static byte[] repeat(byte[] part, int times) {
        ByteBuffer all = ByteBuffer.allocate(part.length * times);
        for (int i = 0; i < times; i++) {
            all.put(part);
        }
        return all.array();
    }
}
