package io.chittychat.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests over HTTP/2 on which a thread works. Only the answers of calls are written without one: the thread of
 * another answer waits while its client keeps its windows closed. When there are too many, in total or from one address, the
 * connection of the oldest is closed, which ends the wait, unless its request has begun just now.
 *
 * <p>Threading: any thread.
 */
final class Http2Requests {

    private static final int MOST = 64;
    private static final int MOST_PER_ADDRESS = 32;

    private static final int FAR = 3; // times as many end waits at once
    private static final long SHORT =
            1_000_000_000; // nanoseconds; a request may work for so long without waiting for its client

    /** The oldest first; guarded by itself. */
    private final Set<Work> open = new LinkedHashSet<>();

    /** A request, known by its identity. */
    private static final class Work {
        private final Http2Connection connection;
        private final long since = System.nanoTime();

        Work(Http2Connection connection) {
            this.connection = connection;
        }
    }

    /** A request begins. Returns what ends it. */
    Object begin(Http2Connection connection) {
        Work request = new Work(connection);
        @Nullable Http2Connection oldest = null;
        synchronized (open) {
            if (open.size() >= FAR * MOST) {
                oldest = open.iterator().next().connection;
                removeAllOf(oldest);
            }
            open.add(request);
        }
        if (oldest != null) {
            oldest.close();
        }
        return request;
    }

    /** Closes the connections of the oldest requests while there are too many. Call it every now and then. */
    void closeWaiting() {
        long now = System.nanoTime();
        List<Http2Connection> closed = new ArrayList<>();
        synchronized (open) {
            for (Work work : List.copyOf(open)) {
                if (now - work.since < SHORT) {
                    break; // the others are younger
                }
                if (open.contains(work) && isOneOfTooMany(work.connection.from())) {
                    removeAllOf(work.connection);
                    closed.add(work.connection);
                }
            }
        }
        closed.forEach(Http2Connection::close);
    }

    private boolean isOneOfTooMany(@Nullable InetAddress from) {
        return open.size() >= MOST
                || (FairEndpoint.isLimited(from) // loopback is perhaps a proxy
                        && open.stream()
                                        .filter(work -> Objects.equals(from, work.connection.from()))
                                        .count()
                                >= MOST_PER_ADDRESS);
    }

    private void removeAllOf(Http2Connection connection) {
        open.removeIf(work -> work.connection == connection);
    }

    /** A request has ended, as far as its thread is concerned. */
    void end(Object request) {
        synchronized (open) {
            open.remove(request);
        }
    }
}
