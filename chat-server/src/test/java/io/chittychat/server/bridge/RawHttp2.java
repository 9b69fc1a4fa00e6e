package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** A client of HTTP/2 that reads only when it is told to, and opens windows only as it is told to. One thread. */
final class RawHttp2 implements Closeable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW = 8;

    static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW_SIZE = 4; // the number of the setting

    private final Socket socket;
    private final DataInputStream in;
    private int nextStream = 1;

    record Frame(int type, int flags, int stream, byte[] payload) {

        /** Whether it ends the stream. */
        boolean ends(int other) {
            return type == GOAWAY
                    || (stream == other
                            && (type == RESET || ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0)));
        }
    }

    /** @param window the bytes that each stream may receive; more than the default also opens the connection's window */
    RawHttp2(Socket socket, int window) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        send(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6)
                        .putShort((short) INITIAL_WINDOW_SIZE)
                        .putInt(window)
                        .array());
        if (window > 65_535) {
            open(0, window - 65_535);
        }
    }

    /** Lets the service send more on a stream, or, if it is 0, on the connection. */
    void open(int stream, int more) throws IOException {
        send(WINDOW, 0, stream, ByteBuffer.allocate(4).putInt(more).array());
    }

    int get(String path) throws IOException {
        return begin("GET", path, END_STREAM);
    }

    int post(String path, String json, String... headers) throws IOException {
        int stream = begin("POST", path, 0, headers);
        send(DATA, END_STREAM, stream, json.getBytes(UTF_8));
        return stream;
    }

    /** Begins a request; headers are names, each followed by its value. */
    int begin(String method, String path, int flags, String... headers) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        header(block, ":method", method);
        header(block, ":scheme", socket instanceof SSLSocket ? "https" : "http");
        header(block, ":path", path);
        header(block, ":authority", "localhost");
        for (int i = 0; i < headers.length; i += 2) {
            header(block, headers[i], headers[i + 1]);
        }
        int stream = nextStream;
        nextStream += 2;
        send(HEADERS, flags | END_HEADERS, stream, block.toByteArray());
        return stream;
    }

    /** Not compressed, and not remembered. */
    private static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        string(block, name);
        string(block, value);
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        if (bytes.length > 126) {
            throw new IllegalArgumentException("this client has no long headers");
        }
        block.write(bytes.length);
        block.writeBytes(bytes);
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        socket.getOutputStream()
                .write(ByteBuffer.allocate(9 + payload.length)
                        .putInt(payload.length << 8 | type)
                        .put((byte) flags)
                        .putInt(stream)
                        .put(payload)
                        .array());
    }

    /** Reads a frame, and answers it if it wants an answer. */
    Frame read() throws IOException {
        int lengthAndType = in.readInt();
        byte[] payload = new byte[lengthAndType >>> 8];
        Frame frame = new Frame(lengthAndType & 0xff, in.readUnsignedByte(), in.readInt(), payload);
        in.readFully(payload);
        if ((frame.type == SETTINGS || frame.type == PING) && (frame.flags & ACK) == 0) {
            send(frame.type, ACK, 0, frame.type == PING ? payload : new byte[0]);
        }
        return frame;
    }

    /** Reads until a stream ends, and returns its data. */
    String readToEnd(int stream) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Frame frame;
        do {
            frame = read();
            if (frame.type == DATA && frame.stream == stream) {
                data.writeBytes(frame.payload);
            }
        } while (!frame.ends(stream));
        return data.toString(UTF_8);
    }

    /** Reads until data of a stream contains a text. */
    void readUntil(int stream, String text) throws IOException {
        StringBuilder data = new StringBuilder();
        while (data.indexOf(text) < 0) {
            Frame frame = read();
            if (frame.type == DATA && frame.stream == stream) {
                data.append(new String(frame.payload, UTF_8));
            }
            if (frame.ends(stream)) {
                throw new EOFException("the stream ended: " + data);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
