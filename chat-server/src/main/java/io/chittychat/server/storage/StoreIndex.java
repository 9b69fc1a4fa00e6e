package io.chittychat.server.storage;

import io.chittychat.server.store.SearchIndex;
import io.chittychat.server.store.StoreException;
import io.chittychat.server.timeline.MessageIndex;
import io.chittychat.server.timeline.WireEvents;
import io.chittychat.text.SearchQuery;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's search index as the index behind the timeline. A thread {@code search-index} updates it. */
final class StoreIndex implements MessageIndex, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreIndex.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int REST = 4; // times as long as the last step, while there is more to do

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

    /**
     * Indexes one step, so that {@link #close} waits for little, then rests, so that calls get most of the processor.
     */
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
            LOG.debug("The search index ends before a damaged event, which the store has reported", e);
        } catch (StoreException e) {
            LOG.warn("The search index lags behind, and tries again: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The search index lags behind, and tries again", e);
        }
        return false;
    }

    /** Returns the Lamport time up to which all messages are indexed. */
    long indexedThrough() {
        return index.indexedThrough();
    }

    @Override
    public Found find(SearchQuery query, long before, int limit) {
        SearchIndex.Found found = StoreArchive.read(() -> index.find(query, before, limit));
        return new Found(
                found.events().stream().map(WireEvents::of).toList(), found.indexedThrough(), found.continueBefore());
    }

    /** Closes the index after the step that is running. If that takes more than five seconds, the index stays open. */
    @Override
    public void close() {
        executor.shutdown();
        index.cancelCheck();
        if (StoreKeeper.endsSoon(executor)) {
            index.close();
        } else {
            LOG.warn("The search index is not closed, because the thread search-index still writes it");
        }
    }
}
