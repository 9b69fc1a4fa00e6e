package io.chittychat.server.transport;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the calls that are open over HTTP, in all and from one address. Each takes a connection, or a stream of one.
 *
 * <p>Threading: any thread.
 */
public final class HttpCalls {

    private final int max;
    private final int maxPerAddress;
    private final AtomicInteger open = new AtomicInteger();
    private final Counts<Origin> origins = new Counts<>();

    /** @param maxPerAddress 0 for no limit; loopback is not counted, because it may be a local proxy */
    public HttpCalls(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /** Admits a call of a client; the task notes its end. Empty if there are too many. */
    public Optional<Runnable> open(InetSocketAddress client) {
        Origin origin = Origin.of(client);
        boolean isCounted = maxPerAddress > 0 && !origin.isLoopback();
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            return Optional.empty();
        }
        if (isCounted && !origins.add(origin, maxPerAddress)) {
            open.decrementAndGet();
            return Optional.empty();
        }
        AtomicBoolean ended = new AtomicBoolean();
        return Optional.of(() -> {
            if (ended.compareAndSet(false, true)) {
                open.decrementAndGet();
                if (isCounted) {
                    origins.remove(origin);
                }
            }
        });
    }
}
