package io.chittychat.server.transport;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits the calls that are open over HTTP, in all and from one address, and the memory for answers that clients do not
 * read. Each call takes a connection, or a stream of one.
 *
 * <p>Threading: any thread.
 */
public final class HttpCalls {

    private static final int MOST_UNREAD = 2; // times the limit in all, for calls that were begun before it was reached
    private static final long FAIR = 64 * 1024; // unread bytes that an address may have even if the total is exceeded

    private final int max;
    private final int maxPerAddress;
    private final GrpcSettings settings;
    private final AtomicInteger open = new AtomicInteger();
    private final Counts<Origin> origins = new Counts<>();
    private final LongAdder unread = new LongAdder(); // bytes
    private final ConcurrentMap<Origin, Long> unreadByOrigin = new ConcurrentHashMap<>();

    /**
     * @param maxPerAddress 0 for no limit; loopback is not counted, because it may be a local proxy
     * @param settings the limits for unread replies, which gRPC has for a connection, apply to an address here
     */
    public HttpCalls(int max, int maxPerAddress, GrpcSettings settings) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.settings = settings;
    }

    /** An open call. */
    public final class Open {

        private final Origin origin;
        private final boolean isCounted;

        private Open(Origin origin, boolean isCounted) {
            this.origin = origin;
            this.isCounted = isCounted;
        }

        /** The bytes of its answer that the client has not read have changed. */
        public void unread(int more) {
            if (more == 0) {
                return; // the map has no entry for nothing
            }
            unread.add(more);
            unreadByOrigin.merge(origin, (long) more, (before, change) -> {
                long now = before + change;
                return now == 0 ? null : now;
            });
        }

        /** Whether its client, or all together, have too many unread bytes: then streams wait, and calls are refused. */
        public boolean isCongested() {
            return HttpCalls.this.isCongested(origin);
        }

        /** Whether its client may have so many more unread bytes. Answers of calls that were begun before may come together. */
        public boolean mayHold(int bytes) {
            long own = unreadOf(origin) + bytes;
            return (own <= settings.mostUnreadPerConnection() || origin.isLoopback())
                    && (own <= FAIR
                            || unread.sum() + bytes
                                    <= MOST_UNREAD * settings.maxUnreadSize().toBytes());
        }

        /** It has ended. Call it once. */
        public void end() {
            open.decrementAndGet();
            if (isCounted) {
                origins.remove(origin);
            }
        }
    }

    /** Admits a call of a client. Empty if there are too many, or if the client does not read its answers. */
    public Optional<Open> open(InetSocketAddress client) {
        Origin origin = Origin.of(client);
        boolean isCounted = maxPerAddress > 0 && !origin.isLoopback();
        if (isCongested(origin)) {
            return Optional.empty();
        }
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            return Optional.empty();
        }
        if (isCounted && !origins.add(origin, maxPerAddress)) {
            open.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Open(origin, isCounted));
    }

    private long unreadOf(Origin origin) {
        return unreadByOrigin.getOrDefault(origin, 0L);
    }

    private boolean isCongested(Origin origin) {
        long own = unreadOf(origin);
        return (own > settings.maxUnreadSizePerConnection().toBytes() && !origin.isLoopback())
                || (own > FAIR && unread.sum() > settings.maxUnreadSize().toBytes());
    }
}
