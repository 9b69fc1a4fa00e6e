package io.chittychat.server.config;

import io.chittychat.server.rpc.MessageIndex;
import io.chittychat.server.rpc.WireEvents;
import io.chittychat.server.store.SearchIndex;
import io.chittychat.server.store.StoreException;
import io.chittychat.text.SearchQuery;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store's search index, which is kept up to date in the background, on a thread {@code search-index}. */
final class StoreIndex implements MessageIndex, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreIndex.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final SearchIndex index;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "search-index"));

    StoreIndex(SearchIndex index) {
        this.index = index;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::advance, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void advance() {
        try {
            while (!executor.isShutdown() && index.advance()) {
                // step by step, so that it can be stopped
            }
        } catch (StoreException e) {
            LOG.warn("The search index is behind, and tries again: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The search index is behind, and tries again", e);
        }
    }

    @Override
    public Found find(SearchQuery query, long before, int limit) {
        SearchIndex.Found found = index.find(query, before, limit);
        return new Found(
                found.events().stream().map(WireEvents::of).toList(), found.indexedThrough(), found.continueBefore());
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("The search index was still being written when the service stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        index.close();
    }
}
