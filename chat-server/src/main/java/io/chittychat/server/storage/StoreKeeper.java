package io.chittychat.server.storage;

import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a store's checkpoints and removes old events, every second on a thread {@code store-keeper}; closes the store.
 */
final class StoreKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int CHUNK = 500; // events

    private final EventStore store;
    private final Retention retention;
    private final Clock clock;
    private final ClockWatch clockWatch;
    private final RemovalPace pace;
    private volatile LongConsumer onRemoved = through -> {};
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "store-keeper"));

    StoreKeeper(EventStore store, Retention retention) {
        this(store, retention, Clock.systemUTC(), System::nanoTime);
    }

    /**
     * @param clock the wall clock, for the age of events
     * @param nanoTime a clock that does not jump with the wall clock, in nanoseconds
     */
    StoreKeeper(EventStore store, Retention retention, Clock clock, LongSupplier nanoTime) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.clockWatch = new ClockWatch(clock, nanoTime);
        this.pace = new RemovalPace(retention.maxAge(), nanoTime);
    }

    /**
     * Sets the listener to removals. It gets the Lamport time up to which events were removed, on the keeper's thread.
     */
    void onRemoved(LongConsumer listener) {
        onRemoved = listener;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::tidy, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    void tidy() {
        try {
            clockWatch.jump().ifPresent(this::tellJump);
            removeOld();
            if (!executor.isShutdown()) {
                store.checkpoint();
            }
        } catch (StoreException.Damaged e) {
            LOG.debug(
                    "The store's sessions are not brought up to date after a damaged event, which the store has reported",
                    e);
        } catch (StoreException e) {
            LOG.warn("The store could not be checkpointed, or old events not removed: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The store could not be checkpointed, or old events not removed", e);
        }
    }

    private void tellJump(Duration by) {
        String removal = retention.maxAge().isZero()
                ? ""
                : "; retention by age takes at least " + pace.shortest().toMinutes() + " minutes to remove all events";
        LOG.warn(
                "The wall clock jumped by {} s; sessions, Lamport times and the order of events do not depend on it{}",
                by.toSeconds(),
                removal);
    }

    /** Removes old events in chunks, so that the room thread can write in between. */
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
        long allowed = pace.allowed(store.count());
        while (!executor.isShutdown() && allowed > 0) {
            int removed = store.remove(begin, OptionalLong.empty(), (int) Math.min(CHUNK, allowed));
            if (removed == 0) {
                pace.nothingIsOld();
                return;
            }
            allowed -= removed;
            pace.removed(removed);
            onRemoved.accept(store.removedThrough());
        }
    }

    /**
     * Closes the store after the task that is running. If that takes more than five seconds, the store stays open, because
     * the task uses it: the process is about to end, and the next start rolls back what was not committed.
     */
    @Override
    public void close() {
        if (endsSoon(executor)) {
            store.close();
        } else {
            LOG.warn("{} is not closed, because the thread store-keeper still uses it", store.file());
        }
    }

    /** Shuts a background thread down, and waits for its task for at most five seconds; returns whether that has ended. */
    static boolean endsSoon(ExecutorService thread) {
        thread.shutdown();
        boolean interrupted = Thread.interrupted(); // an interrupt must not shorten the wait
        try {
            return thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return thread.isTerminated();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
