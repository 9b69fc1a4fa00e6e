package io.chittychat.bench.workload;

import io.chittychat.bench.load.PublishRun;
import java.time.Duration;
import java.util.List;

/**
 * A server, and its publishers.
 *
 * @param name the beginning of the names of its rows
 * @param isOurs whether it is Chitty-Chat
 * @param pids the processes whose processor time is measured; empty if it has none of its own
 * @param points the publishers, in the same order for every server
 * @param onClose ends publishers and server
 */
public record PublishingServer(String name, boolean isOurs, List<Long> pids, List<Point> points, Runnable onClose)
        implements AutoCloseable {

    /** Some publishers, measured together. */
    public record Point(String name, Load load) {}

    /** Publishes for a time. */
    @FunctionalInterface
    public interface Load {
        PublishRun.Result run(Duration time);
    }

    /** The name of a point's row. */
    public String row(Point point) {
        return name + ", " + point.name();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
