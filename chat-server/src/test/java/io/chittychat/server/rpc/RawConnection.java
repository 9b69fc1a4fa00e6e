package io.chittychat.server.rpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A client of HTTP/2 that sends frames as given, without the checks of a library. It reads frames but ignores limits.
 */
final class RawConnection implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int END_STREAM = 1;
    static final int ENHANCE_YOUR_CALM = 11;
    static final int INITIAL_WINDOW = 4;

    private static final int ACK = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket;
    private final OutputStream out;
    private final List<Frame> received = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private int nextStream = 1;

    /** A frame that the service sent; of DATA, without its content. */
    record Frame(int type, int flags, int stream, byte[] payload) {
        int errorCode() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    /** @param window the bytes that the service may send for each call */
    RawConnection(int port, int window) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true); // or each small frame waits for an acknowledgement
        out = socket.getOutputStream();
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6)
                        .putShort((short) INITIAL_WINDOW)
                        .putInt(window)
                        .array());
        Thread reader = new Thread(this::read, "raw-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
            while (true) {
                int lengthAndType = in.readInt();
                byte[] payload = new byte[lengthAndType >>> 8];
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                in.readFully(payload);
                Frame frame = new Frame(lengthAndType & 0xff, flags, stream, payload);
                received.add(frame);
                if ((frame.type() == SETTINGS || frame.type() == PING) && (flags & ACK) == 0) {
                    frame(frame.type(), ACK, 0, frame.type() == PING ? payload : new byte[0]);
                }
            }
        } catch (EOFException | SocketException e) {
            closed = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a frame. If the service has closed the connection, only {@link #isClosed} shows it. */
    void frame(int type, int flags, int stream, byte[] payload) {
        byte[] frame = ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
        try {
            synchronized (out) {
                out.write(frame);
            }
        } catch (IOException e) {
            closed = true;
        }
    }

    /** Begins a call without a request. Returns its stream. */
    int open(String method) {
        int stream = nextStream;
        nextStream += 2;
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        literal(headers, ":method", "POST");
        literal(headers, ":scheme", "http");
        literal(headers, ":path", "/" + method);
        literal(headers, ":authority", "test");
        literal(headers, "content-type", "application/grpc");
        literal(headers, "te", "trailers");
        frame(HEADERS, END_HEADERS, stream, headers.toByteArray());
        return stream;
    }

    /** Makes a complete call with its request. Returns its stream. */
    int call(String method, byte[] request) {
        int stream = open(method);
        frame(DATA, END_STREAM, stream, message(request.length, request));
        return stream;
    }

    /** A message of gRPC whose prefix has {@code length}, and whose content may be shorter. */
    static byte[] message(int length, byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) 0)
                .putInt(length)
                .put(content)
                .array();
    }

    private static void literal(ByteArrayOutputStream headers, String name, String value) {
        headers.write(0); // a literal without indexing
        headers.write(name.length());
        headers.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        headers.write(value.length());
        headers.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** The frames of a type received so far. */
    List<Frame> received(int type) {
        List<Frame> frames = new ArrayList<>(received);
        frames.removeIf(frame -> frame.type() != type);
        return frames;
    }

    /** The number of calls that the service has ended with headers. */
    long answered() {
        return received(HEADERS).stream()
                .filter(frame -> (frame.flags() & END_STREAM) != 0)
                .count();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
