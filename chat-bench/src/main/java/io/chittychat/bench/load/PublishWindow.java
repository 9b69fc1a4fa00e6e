package io.chittychat.bench.load;

import io.chittychat.bench.BenchException;
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;

/** A connection that publishes, with a number of publishes under way. Threading: its loop. */
final class PublishWindow implements IntConsumer, AutoCloseable {

    private final Loop loop;
    private final ServerConnection link;
    private final long[] sentAt; // nanoseconds; acknowledgements arrive in the order of the publishes
    private Latencies latencies = new Latencies();
    private long sent;
    private long acknowledged;

    /** @param size the number of publishes under way */
    PublishWindow(Loop loop, ServerConnection link, int size) {
        this.loop = loop;
        this.link = link;
        this.sentAt = new long[size];
        link.client().listenToAcknowledgements(this);
    }

    /** Forgets the latencies of earlier publishes. */
    void begin() {
        latencies = new Latencies();
    }

    /** Publishes as much as may be under way. */
    void fill(NumberedText text) {
        while (sent - acknowledged < sentAt.length) {
            sentAt[(int) (sent % sentAt.length)] = System.nanoTime();
            link.publish(text.of(sent++));
        }
    }

    /** Some publishes were acknowledged. */
    @Override
    public void accept(int publishes) {
        if (acknowledged + publishes > sent) {
            throw new BenchException("%d acknowledgements of %d publishes".formatted(acknowledged + publishes, sent));
        }
        for (int i = 0; i < publishes; i++) {
            latencies.record(loop.readAt() - sentAt[(int) (acknowledged++ % sentAt.length)]);
        }
    }

    boolean isSettled() {
        return acknowledged == sent;
    }

    void addTo(Histogram all) {
        latencies.addTo(all);
    }

    @Override
    public void close() {
        link.close();
    }
}
