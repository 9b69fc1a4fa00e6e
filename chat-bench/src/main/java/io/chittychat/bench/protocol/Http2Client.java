package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One connection with one gRPC call. It sends headers without compression, and does not read received headers: a successful call
 * ends only with its connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113, HTTP/2</a>
 */
abstract class Http2Client extends ProtocolClient {

    private static final int HEADER = 9; // bytes of a frame's header
    private static final int PREFIX = 5; // of a gRPC message
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int STREAM = 1;
    private static final int SETTING_TABLE_SIZE = 1;
    private static final int SETTING_INITIAL_WINDOW = 4;
    private static final int FIRST_WINDOW = 65_535;
    private static final int WINDOW = 4 * 1024 * 1024; // bytes, as in the other workloads

    private final String method;
    private final String authority;
    private final Queue<byte[]> waiting = new ArrayDeque<>(); // frames that do not fit into the server's window
    private int dataLeft; // of the frame that is being read
    private int unacknowledged; // bytes received
    private long streamWindow = FIRST_WINDOW;
    private long connectionWindow = FIRST_WINDOW;
    private long initialWindow = FIRST_WINDOW;

    Http2Client(String method, String authority) {
        this.method = method;
        this.authority = authority;
    }

    /** Reads the responses of the call. */
    abstract MessageWalker responses();

    /** The server's settings have arrived. */
    abstract void connected();

    /** Opens the connection and the call. */
    @Override
    public void begin(Output out) {
        out.put("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        frame(out, 12, SETTINGS, 0, 0);
        out.putShort(SETTING_TABLE_SIZE).putInt(0);
        out.putShort(SETTING_INITIAL_WINDOW).putInt(WINDOW);
        windowUpdate(out, 0, WINDOW - FIRST_WINDOW);
        Output headers = new Output();
        header(headers, ":method", "POST");
        header(headers, ":scheme", "http");
        header(headers, ":path", "/chittychat.v1.ChatService/" + method);
        header(headers, ":authority", authority);
        header(headers, "content-type", "application/grpc");
        header(headers, "te", "trailers");
        frame(out, headers.size(), HEADERS, END_HEADERS, STREAM);
        out.put(headers.toArray());
    }

    /** A literal without indexing (RFC 7541, 6.2.2). */
    private static void header(Output out, String name, String value) {
        out.put(0).put(name.length()).put(name).put(value.length()).put(value);
    }

    /** Sends a message when it fits into the server's window. */
    final void send(Output out, byte[] message, boolean last) {
        Output data = new Output();
        frame(data, PREFIX + message.length, DATA, last ? END_STREAM : 0, STREAM);
        data.put(0).putInt(message.length).put(message);
        waiting.add(data.toArray());
        sendWaiting(out);
    }

    private void sendWaiting(Output out) {
        for (byte[] next = waiting.peek(); next != null; next = waiting.peek()) {
            int size = next.length - HEADER;
            if (size > Math.min(streamWindow, connectionWindow)) {
                return;
            }
            streamWindow -= size;
            connectionWindow -= size;
            out.put(next);
            waiting.remove();
        }
    }

    @Override
    public final void read(ByteBuffer in, Output out) {
        while (in.hasRemaining()) {
            if (dataLeft > 0) {
                data(in, out);
            } else if (in.remaining() < HEADER || !frame(in, out)) {
                return;
            }
        }
    }

    /** Takes a complete frame, or only the header of a data frame; false if it has not arrived yet. */
    private boolean frame(ByteBuffer in, Output out) {
        int at = in.position();
        int length = in.getInt(at) >>> 8;
        int type = in.get(at + 3);
        int flags = in.get(at + 4);
        int body = at + HEADER;
        if (type == DATA) {
            dataLeft = length;
            in.position(body);
        } else if (body + length > in.limit()) {
            return false;
        } else {
            control(in, type, flags, in.getInt(at + 5), body, body + length, out);
            in.position(body + length);
        }
        if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
            throw new BenchException("the server ended " + method);
        }
        return true;
    }

    private void data(ByteBuffer in, Output out) {
        int count = Math.min(dataLeft, in.remaining());
        int at = in.position();
        responses().walk(in, at, at + count);
        in.position(at + count);
        dataLeft -= count;
        unacknowledged += count;
        if (unacknowledged >= WINDOW / 2) {
            windowUpdate(out, 0, unacknowledged);
            windowUpdate(out, STREAM, unacknowledged);
            unacknowledged = 0;
        }
    }

    private void control(ByteBuffer in, int type, int flags, int stream, int body, int end, Output out) {
        switch (type) {
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    settings(in, body, end);
                    frame(out, 0, SETTINGS, ACK, 0);
                    connected();
                    sendWaiting(out);
                }
            }
            case PING -> {
                if ((flags & ACK) == 0) {
                    frame(out, Long.BYTES, PING, ACK, 0);
                    out.putInt(in.getInt(body)).putInt(in.getInt(body + Integer.BYTES));
                }
            }
            case WINDOW_UPDATE -> {
                connectionWindow += stream == 0 ? in.getInt(body) : 0;
                streamWindow += stream == 0 ? 0 : in.getInt(body);
                sendWaiting(out);
            }
            case RST_STREAM, GOAWAY ->
                throw new BenchException("the server aborted %s: %s"
                        .formatted(method, unexpected(in, body, end).getMessage()));
            default -> {} // headers, and frames that may be ignored
        }
    }

    private void settings(ByteBuffer in, int body, int end) {
        for (int at = body; at + 6 <= end; at += 6) {
            if (in.getShort(at) == SETTING_INITIAL_WINDOW) {
                long granted = in.getInt(at + 2);
                streamWindow += granted - initialWindow;
                initialWindow = granted;
            }
        }
    }

    private static void windowUpdate(Output out, int stream, int bytes) {
        frame(out, Integer.BYTES, WINDOW_UPDATE, 0, stream);
        out.putInt(bytes);
    }

    private static void frame(Output out, int length, int type, int flags, int stream) {
        out.put(length >>> 16).putShort(length).put(type).put(flags).putInt(stream);
    }
}
