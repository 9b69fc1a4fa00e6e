package io.chittychat.demo.process;

import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.Relay;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * A relay between a participant and the service that can be cut and mended, and can be slow or unreliable. Its owner changes
 * it from one thread.
 */
public final class Line implements AutoCloseable {

    private final AtomicInteger breaks = new AtomicInteger();
    private final Relay relay;
    private volatile LineQuality quality = LineQuality.GOOD;

    /**
     * A good line.
     *
     * @param service host and port; the service need not listen yet
     * @throws ProcessFailedException if there is no free port
     */
    public Line(String service) {
        int colon = service.lastIndexOf(':');
        this.relay = new Relay(
                new InetSocketAddress(service.substring(0, colon), Integer.parseInt(service.substring(colon + 1))),
                this::newCourse);
    }

    private LineCourse newCourse() {
        return new LineCourse(() -> quality, quality.bytesToBreak(), breaks::incrementAndGet);
    }

    /** Host and port for the participant. */
    public String address() {
        return relay.address();
    }

    /** Closes all connections, and accepts none. */
    public void cut() {
        relay.refuse();
    }

    /** Accepts connections again, on a good line. */
    public void mend() {
        quality = LineQuality.GOOD;
        relay.open();
    }

    /** Delays everything, in both directions. */
    public void slow(Duration delay) {
        quality = quality.with(delay);
    }

    /** Breaks each connection after some bytes; a new connection is accepted. */
    public void unreliable(RandomGenerator random) {
        quality = quality.with(random);
        breaks.addAndGet(relay.cut()); // open connections began on a good line
    }

    /** How often it broke at random. */
    public int breaks() {
        return breaks.get();
    }

    @Override
    public void close() {
        relay.close();
    }
}
