package io.chittychat.demo.faults.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much the service is willing to take, on the connection and on each stream. Safe for use by several threads. */
final class SendWindow {

    private static final int SETTING = Short.BYTES + Integer.BYTES;
    private static final long WAIT_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private final Map<Integer, Integer> streams = new HashMap<>(); // bytes left of the open ones
    private int connection = 65_535;
    private int initial = 65_535;
    private boolean closed;

    synchronized void open(int stream) {
        streams.put(stream, initial);
    }

    synchronized void end(int stream) {
        streams.remove(stream);
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /**
     * Waits for room and takes it.
     *
     * @return how many bytes may be sent, at most those wanted; 0 if nothing can be sent any more
     * @throws IOException if there is no room for too long
     */
    synchronized int take(int stream, int wanted) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        while (!closed && streams.containsKey(stream)) {
            int room = Math.min(wanted, Math.min(connection, streams.getOrDefault(stream, 0)));
            if (room > 0) {
                connection -= room;
                streams.merge(stream, -room, Integer::sum);
                return room;
            }
            await(end);
        }
        return 0;
    }

    private void await(long end) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new IOException("the service takes no data any more");
        }
        try {
            wait(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** WINDOW_UPDATE or SETTINGS. */
    synchronized void update(Frame frame) {
        ByteBuffer payload = ByteBuffer.wrap(frame.payload());
        if (frame.type() == Frame.SETTINGS) {
            while (payload.remaining() >= SETTING) {
                set(payload.getShort(), payload.getInt());
            }
        } else if (frame.stream() == 0) {
            connection += payload.getInt();
        } else {
            int more = payload.getInt();
            streams.computeIfPresent(frame.stream(), (stream, left) -> left + more);
        }
        notifyAll();
    }

    private void set(int setting, int value) {
        if (setting == Frames.INITIAL_WINDOW_SIZE) {
            int change = value - initial;
            streams.replaceAll((stream, left) -> left + change);
            initial = value;
        }
    }
}
