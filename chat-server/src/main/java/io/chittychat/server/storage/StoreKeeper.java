package io.chittychat.server.storage;

import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a store tidy in the background, on a thread {@code store-keeper}, and closes it. */
final class StoreKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int CHUNK = 500; // events

    private final EventStore store;
    private final Retention retention;
    private final Clock clock;
    private final RemovalPace pace;
    private volatile LongConsumer onRemoved = through -> {};
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "store-keeper"));

    StoreKeeper(EventStore store, Retention retention) {
        this(store, retention, Clock.systemUTC(), System::nanoTime);
    }

    /**
     * @param clock tells how old events are
     * @param nanoTime tells how much time has passed
     */
    StoreKeeper(EventStore store, Retention retention, Clock clock, LongSupplier nanoTime) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.pace = new RemovalPace(retention.maxAge(), nanoTime);
    }

    /** Sets who is told, when events were removed, of the Lamport time through which; on the keeper's thread. */
    void onRemoved(LongConsumer listener) {
        onRemoved = listener;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::tidy, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    void tidy() {
        try {
            removeOld();
            store.checkpoint();
        } catch (StoreException e) {
            LOG.warn("Could not tidy the store up: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Could not tidy the store up", e);
        }
    }

    /** Chunk by chunk, so that the log can be written in between. */
    private void removeOld() {
        if (retention.maxEvents() > 0) {
            while (!executor.isShutdown() && store.remove(Instant.EPOCH, retention.most(), CHUNK) > 0) {
                onRemoved.accept(store.removedThrough());
            }
        }
        if (!retention.maxAge().isZero()) {
            removeAged(retention.begin(clock.instant()));
        }
    }

    private void removeAged(Instant begin) {
        long events = store.count();
        long allowed = pace.allowed(events);
        while (!executor.isShutdown() && allowed > 0) {
            int removed = store.remove(begin, OptionalLong.empty(), (int) Math.min(CHUNK, allowed));
            if (removed == 0) {
                return;
            }
            allowed -= removed;
            pace.removed(removed, events);
            onRemoved.accept(store.removedThrough());
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("The store was still being tidied up when the service stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
