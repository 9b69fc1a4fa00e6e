package io.chittychat.bench.workload;

import io.chittychat.bench.load.PublishRun;
import java.time.Duration;
import java.util.List;

/**
 * A server, and its publishers in W4.
 *
 * @param name the beginning of the names of its rows
 * @param isOurs whether it is Chitty-Chat
 * @param pid of the server
 * @param points the publishers, in the same order for every server
 * @param onClose ends publishers and server
 */
record PublishingServer(String name, boolean isOurs, long pid, List<Point> points, Runnable onClose)
        implements AutoCloseable {

    /** Some publishers, measured together. */
    record Point(String name, Load load) {}

    /** Publishes for a time. */
    @FunctionalInterface
    interface Load {
        PublishRun.Result run(Duration time);
    }

    /** The name of a point's row. */
    String row(Point point) {
        return name + ", " + point.name();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
