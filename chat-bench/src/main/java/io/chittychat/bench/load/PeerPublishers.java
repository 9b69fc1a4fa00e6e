package io.chittychat.bench.load;

import io.chittychat.bench.contestant.MeasuredServer;
import io.chittychat.bench.protocol.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Publishers of a peer, which publish as fast as acknowledgements arrive: a closed loop.
 *
 * <p>Threading: the loop's.
 */
public final class PeerPublishers implements AutoCloseable {

    private static final Duration REPLY_BOUND = Duration.ofSeconds(30);

    private final Loop loop;
    private final String name;
    private final List<PublishWindow> windows = new ArrayList<>();

    private PeerPublishers(Loop loop, String name) {
        this.loop = loop;
        this.name = name;
    }

    /**
     * Connects publishers that have one publish under way each. They share connections if that is usual with their protocol.
     *
     * @param connections at most, if they share
     * @param name of the server, for messages
     */
    public static PeerPublishers connect(
            Loop loop, MeasuredServer server, int publishers, int connections, String name) {
        PeerPublishers connected = new PeerPublishers(loop, name);
        Protocol protocol = server.protocol();
        int links = protocol.sharesConnections() ? Math.min(connections, publishers) : publishers;
        loop.connectAll(protocol.publishers(links), server.port(), name)
                .forEach(link -> connected.windows.add(new PublishWindow(loop, link, publishers / links)));
        return connected;
    }

    /** Connects one publisher that has several publishes under way. */
    public static PeerPublishers pipeline(Loop loop, MeasuredServer server, int outstanding, String name) {
        PeerPublishers connected = new PeerPublishers(loop, name);
        loop.connectAll(List.of(server.protocol().pipeline(outstanding)), server.port(), name)
                .forEach(link -> connected.windows.add(new PublishWindow(loop, link, outstanding)));
        return connected;
    }

    /** Publishes for a time, and waits until all is acknowledged. */
    public PublishRun.Result run(Duration time) {
        NumberedText text = new NumberedText(PublishRun.TEXT.length());
        windows.forEach(PublishWindow::begin);
        long end = System.nanoTime() + time.toNanos();
        loop.run(
                () -> {
                    if (System.nanoTime() - end < 0) {
                        windows.forEach(window -> window.fill(text));
                        return false;
                    }
                    return windows.stream().allMatch(PublishWindow::isSettled);
                },
                time.plus(REPLY_BOUND),
                name);
        Histogram latencies = Latencies.histogram();
        windows.forEach(window -> window.addTo(latencies));
        return new PublishRun.Result(latencies.getTotalCount(), latencies);
    }

    @Override
    public void close() {
        windows.forEach(PublishWindow::close);
    }
}
