package io.chittychat.server.storage;

import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a store tidy in the background, on a thread {@code store-keeper}, and closes it. */
final class StoreKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final EventStore store;
    private final Retention retention;
    private volatile LongConsumer onRemoved = through -> {};
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "store-keeper"));

    StoreKeeper(EventStore store, Retention retention) {
        this.store = store;
        this.retention = retention;
    }

    /** Sets who is told, when events were removed, of the Lamport time through which; on the keeper's thread. */
    void onRemoved(LongConsumer listener) {
        onRemoved = listener;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::tidy, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tidy() {
        try {
            removeOld();
            store.checkpoint();
        } catch (StoreException e) {
            LOG.warn("Could not tidy the store up: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Could not tidy the store up", e);
        }
    }

    private void removeOld() {
        if (retention.keepsAll()) {
            return;
        }
        Instant begin = retention.begin(Instant.now());
        while (!executor.isShutdown() && store.remove(begin, retention.most())) {
            onRemoved.accept(store.removedThrough()); // chunk by chunk, so that the log can be written in between
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
