package io.chittychat.server.log.kafka;

import io.chittychat.process.Relay;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a relay to a broker does with Produce requests, which it recognises by a text in them: it can swallow one. Everything else
 * passes. TCP loses nothing in the middle, so the connection of a request that was swallowed transports nothing after it.
 *
 * <p>Threading: any thread.
 */
public final class ProduceGate {

    private static final short PRODUCE = 0;
    private static final int LARGEST = 1 << 24;

    private final List<String> seen = new CopyOnWriteArrayList<>(); // Produce requests, whatever became of them
    private String toSwallow = ""; // guarded by this; empty if there is none

    /** Swallows the next Produce request with a text. */
    public synchronized void swallow(String text) {
        toSwallow = text;
    }

    /** How many Produce requests with a text have come. */
    public long count(String text) {
        return seen.stream().filter(request -> request.contains(text)).count();
    }

    /** Returns the course of a connection to a broker. */
    public Relay.Course newCourse() {
        return new Course();
    }

    private final class Course implements Relay.Course {

        private boolean hung; // the calling thread's; one of its requests was swallowed

        @Override
        public void toService(InputStream caller, OutputStream service) throws IOException {
            DataInputStream in = new DataInputStream(caller);
            while (true) {
                int size = in.readInt(); // EOFException at the end
                if (size < Short.BYTES || size > LARGEST) {
                    throw new IOException("not a request of Kafka: " + size + " bytes");
                }
                byte[] request = in.readNBytes(size);
                hung |= ByteBuffer.wrap(request).getShort() == PRODUCE && isSwallowed(request);
                if (!hung) {
                    service.write(ByteBuffer.allocate(Integer.BYTES + size)
                            .putInt(size)
                            .put(request)
                            .array());
                }
            }
        }
    }

    /** Notes a Produce request. Returns whether it is swallowed. */
    private synchronized boolean isSwallowed(byte[] request) {
        String bytes = new String(request, StandardCharsets.ISO_8859_1);
        seen.add(bytes);
        if (!toSwallow.isEmpty() && bytes.contains(toSwallow)) {
            toSwallow = "";
            return true;
        }
        return false;
    }
}
