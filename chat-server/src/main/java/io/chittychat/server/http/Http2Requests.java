package io.chittychat.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Object, Work> open = new LinkedHashMap<>();

    private record Work(Http2Connection connection, long since) {}

    /** A request begins. Returns what ends it. */
    Object begin(Http2Connection connection) {
        Object request = new Object();
        @Nullable Http2Connection oldest = null;
        synchronized (open) {
            if (open.size() >= FAR * MOST) {
                oldest = open.values().iterator().next().connection();
                removeAllOf(oldest);
            }
            open.put(request, new Work(connection, System.nanoTime()));
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
            for (Work work : List.copyOf(open.values())) {
                if (now - work.since() < SHORT) {
                    break; // the others are younger
                }
                Http2Connection connection = work.connection();
                if (open.containsValue(work) && isOneOfTooMany(connection.from())) {
                    removeAllOf(connection);
                    closed.add(connection);
                }
            }
        }
        closed.forEach(Http2Connection::close);
    }

    private boolean isOneOfTooMany(@Nullable InetAddress from) {
        return open.size() >= MOST
                || (from != null
                        && !from.isLoopbackAddress() // perhaps a proxy
                        && open.values().stream()
                                        .filter(work ->
                                                from.equals(work.connection().from()))
                                        .count()
                                >= MOST_PER_ADDRESS);
    }

    private void removeAllOf(Http2Connection connection) {
        open.values().removeIf(work -> work.connection() == connection);
    }

    /** A request has ended, as far as its thread is concerned. */
    void end(Object request) {
        synchronized (open) {
            open.remove(request);
        }
    }
}
