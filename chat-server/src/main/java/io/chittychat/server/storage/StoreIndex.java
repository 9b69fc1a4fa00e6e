package io.chittychat.server.storage;

import io.chittychat.server.store.SearchIndex;
import io.chittychat.server.store.StoreException;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.MessageIndex;
import io.chittychat.server.timeline.WireEvents;
import io.chittychat.text.SearchQuery;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store's search index, which is kept up to date in the background, on a thread {@code search-index}. */
final class StoreIndex implements MessageIndex, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreIndex.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int REST = 4; // times as long as the work, while there is more to do

    private final SearchIndex index;
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "search-index"));

    StoreIndex(SearchIndex index) {
        this.index = index;
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        executor.execute(this::advance);
    }

    /** A step, so that it can be stopped; then a rest, so that those who talk have most of the processor meanwhile. */
    private void advance() {
        long begin = System.nanoTime();
        boolean more = step();
        long rest = more ? REST * (System.nanoTime() - begin) : PERIOD.toNanos();
        try {
            executor.schedule(this::advance, rest, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The search index is being closed", e);
        }
    }

    private boolean step() {
        try {
            return index.advance();
        } catch (StoreException.Damaged e) {
            LOG.debug("The search index ends where the store is damaged, of which the store has told", e);
        } catch (StoreException e) {
            LOG.warn("The search index is behind, and tries again: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The search index is behind, and tries again", e);
        }
        return false;
    }

    /** Lamport time up to which everything can be found. */
    long indexedThrough() {
        return index.indexedThrough();
    }

    @Override
    public Found find(SearchQuery query, long before, int limit) {
        try {
            SearchIndex.Found found = index.find(query, before, limit);
            return new Found(
                    found.events().stream().map(WireEvents::of).toList(),
                    found.indexedThrough(),
                    found.continueBefore());
        } catch (StoreException.Damaged e) {
            throw new Archive.DamagedException(e);
        }
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
