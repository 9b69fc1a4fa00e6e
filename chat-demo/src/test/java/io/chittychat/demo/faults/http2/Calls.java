package io.chittychat.demo.faults.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls on one connection, many at a time, made of any bytes; what the service answers is collected. Calls are sent by one
 * thread.
 */
public final class Calls implements AutoCloseable {

    private static final int LARGEST_DATA = 16_384;
    private static final int GRANT = 1 << 23; // bytes after which the service may send so many more
    private static final int LARGE_WINDOW = 1 << 24;

    private final Map<Integer, PendingReply> pending = new ConcurrentHashMap<>();
    private final SendWindow window = new SendWindow();
    private final HeaderReader headers = new HeaderReader(); // the reading thread's
    private final RawConnection connection;
    private int ungranted; // bytes; the reading thread's
    private volatile boolean ended;
    private volatile String farewell = "";

    public Calls(InetSocketAddress address) throws IOException {
        connection = RawConnection.open(address, this::receive, this::end, Frames.INITIAL_WINDOW_SIZE, LARGE_WINDOW);
    }

    /**
     * Sends a call.
     *
     * @param body what goes behind the headers, usually a message with gRPC's prefix
     * @param last whether nothing will follow
     */
    public PendingReply send(HeaderBlock block, byte[] body, boolean last) throws IOException {
        PendingReply reply = new PendingReply(connection.nextStream());
        window.open(reply.stream());
        pending.put(reply.stream(), reply);
        boolean empty = body.length == 0;
        int flags = Frame.END_HEADERS | (empty && last ? Frame.END_STREAM : Frame.NO_FLAGS);
        connection.send(Frames.frame(Frame.HEADERS, flags, reply.stream(), block.encoded()));
        if (!empty) {
            sendData(reply.stream(), body, last);
        }
        if (ended) {
            end(); // it may have ended before the reply was put
        }
        return reply;
    }

    private void sendData(int stream, byte[] body, boolean last) throws IOException {
        int sent = 0;
        while (sent < body.length) {
            int count = window.take(stream, Math.min(LARGEST_DATA, body.length - sent));
            if (count == 0) {
                return; // the service has answered already
            }
            byte[] part = Arrays.copyOfRange(body, sent, sent + count);
            sent += count;
            boolean end = last && sent == body.length;
            connection.send(end ? Frames.lastData(stream, part) : Frames.data(stream, part));
        }
    }

    /** Gives a call up. */
    public void cancel(PendingReply reply) throws IOException {
        if (pending.remove(reply.stream()) != null) {
            connection.send(Frames.reset(reply.stream(), Frames.CANCEL));
            window.end(reply.stream());
        }
    }

    private void receive(Frame frame) {
        switch (frame.type()) {
            case Frame.DATA -> data(frame);
            case Frame.HEADERS, Frame.CONTINUATION -> headers(frame);
            case Frame.RST_STREAM ->
                finish(
                        frame.stream(),
                        OptionalInt.of(ByteBuffer.wrap(frame.payload()).getInt()));
            case Frame.WINDOW_UPDATE, Frame.SETTINGS -> window.update(frame);
            case Frame.GOAWAY -> farewell = new String(frame.payload(), ISO_8859_1).substring(2 * Integer.BYTES);
            default -> {} // nothing that changes a call
        }
    }

    private void data(Frame frame) {
        find(frame.stream()).ifPresent(reply -> reply.add(frame.payload()));
        ungranted += frame.payload().length;
        if (ungranted >= GRANT) {
            trySend(Frames.windowUpdate(0, ungranted));
            ungranted = 0;
        }
        if (frame.has(Frame.END_STREAM)) {
            finish(frame.stream(), OptionalInt.empty());
        }
    }

    private void headers(Frame frame) {
        headers.read(frame).ifPresent(block -> {
            find(frame.stream()).ifPresent(reply -> reply.add(block));
            if (headers.endsStream()) {
                finish(frame.stream(), OptionalInt.empty());
            }
        });
    }

    private void trySend(byte[] bytes) {
        try {
            connection.send(bytes);
        } catch (IOException e) {
            connection.close();
        }
    }

    private Optional<PendingReply> find(int stream) {
        return Optional.ofNullable(pending.get(stream));
    }

    private void finish(int stream, OptionalInt reset) {
        window.end(stream);
        Optional.ofNullable(pending.remove(stream)).ifPresent(reply -> reply.end(reset, true));
    }

    private void end() {
        ended = true;
        window.close();
        pending.values().forEach(reply -> reply.end(OptionalInt.empty(), false));
        pending.clear();
    }

    /** What the service said when it asked to end the connection; empty if it has not. */
    public String farewell() {
        return farewell;
    }

    @Override
    public void close() {
        connection.close();
    }
}
