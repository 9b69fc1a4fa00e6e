package io.chittychat.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests over HTTP/2 on which a thread works. Only the answers of calls are written without one: the thread of
 * another answer waits while its client keeps its windows closed. When there are too many, in total or from one address,
 * the connection of the oldest is closed, which ends the wait. A client that reads has its answer long before.
 *
 * <p>Threading: any thread.
 */
final class Http2Requests {

    private static final int MOST = 64;
    private static final int MOST_PER_ADDRESS = 32;

    /** The oldest first; guarded by itself. */
    private final Map<Object, Http2Connection> open = new LinkedHashMap<>();

    /** A request begins. Returns what ends it. */
    Object begin(Http2Connection connection) {
        Object request = new Object();
        List<Http2Connection> tooOld = new ArrayList<>();
        @Nullable InetAddress from = connection.from();
        synchronized (open) {
            makeRoom(other -> Objects.equals(other.from(), from), MOST_PER_ADDRESS, tooOld);
            makeRoom(other -> true, MOST, tooOld);
            open.put(request, connection);
        }
        tooOld.forEach(Http2Connection::close);
        return request;
    }

    private void makeRoom(Predicate<Http2Connection> which, int most, List<Http2Connection> tooOld) {
        if (open.values().stream().filter(which).count() < most) {
            return;
        }
        open.values().stream().filter(which).findFirst().ifPresent(oldest -> {
            open.values().removeIf(other -> other == oldest);
            tooOld.add(oldest);
        });
    }

    /** A request has ended, as far as its thread is concerned. */
    void end(Object request) {
        synchronized (open) {
            open.remove(request);
        }
    }
}
