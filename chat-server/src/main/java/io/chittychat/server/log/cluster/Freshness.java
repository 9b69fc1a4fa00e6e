package io.chittychat.server.log.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks once this node has applied everything that was in the log when they were given. Tasks that come while the end
 * of the log is asked for share the next question.
 *
 * <p>Threading: any thread gives tasks; they run on the room thread, or on the thread that learns the end of the log.
 */
final class Freshness {

    private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

    private final Supplier<CompletableFuture<Long>> end;
    private final LongSupplier nanoTime;
    private final List<Waiter> unasked = new ArrayList<>(); // guarded by this
    private List<Waiter> asked = List.of(); // guarded by this; the end of the log is asked for
    private final PriorityQueue<Waiter> waiting =
            new PriorityQueue<>(Comparator.comparingLong(waiter -> waiter.until)); // guarded by this; the end is known
    private boolean closed; // guarded by this
    private long applied; // guarded by this; the offset of the next entry to apply

    private static final class Waiter {
        final Runnable current;
        final Runnable unavailable;
        final long since;
        long until; // an offset

        Waiter(Runnable current, Runnable unavailable, long since) {
            this.current = current;
            this.unavailable = unavailable;
            this.since = since;
        }
    }

    /** @param end asks for the end of the log */
    Freshness(Supplier<CompletableFuture<Long>> end, LongSupplier nanoTime) {
        this.end = end;
        this.nanoTime = nanoTime;
    }

    void whenCurrent(Runnable current, Runnable unavailable) {
        boolean refused;
        synchronized (this) {
            refused = closed;
            if (!refused) {
                unasked.add(new Waiter(current, unavailable, nanoTime.getAsLong()));
            }
        }
        if (refused) {
            unavailable.run();
        } else {
            ask();
        }
    }

    private void ask() {
        synchronized (this) {
            if (!asked.isEmpty() || unasked.isEmpty()) {
                return;
            }
            asked = List.copyOf(unasked);
            unasked.clear();
        }
        CompletableFuture<Long> answer;
        try {
            answer = end.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((offset, failure) -> learned(failure == null ? offset : null));
    }

    private void learned(@Nullable Long offset) {
        List<Waiter> ready = new ArrayList<>();
        List<Waiter> failed = new ArrayList<>();
        synchronized (this) {
            for (Waiter waiter : asked) {
                if (offset == null || closed) {
                    failed.add(waiter);
                } else if (offset <= applied) {
                    ready.add(waiter);
                } else {
                    waiter.until = offset;
                    waiting.add(waiter);
                }
            }
            asked = List.of();
        }
        ready.forEach(waiter -> waiter.current.run());
        failed.forEach(waiter -> waiter.unavailable.run());
        ask();
    }

    /** Everything before an offset was applied, and is visible. The room thread calls it, also if nothing was. */
    void applied(long offset) {
        List<Waiter> ready = new ArrayList<>();
        List<Waiter> late = new ArrayList<>();
        synchronized (this) {
            applied = offset;
            while (!waiting.isEmpty() && waiting.peek().until <= offset) {
                ready.add(waiting.remove());
            }
            long now = nanoTime.getAsLong();
            waiting.removeIf(waiter -> now - waiter.since > PATIENCE && late.add(waiter));
        }
        ready.forEach(waiter -> waiter.current.run());
        late.forEach(waiter -> waiter.unavailable.run());
    }

    void close() {
        List<Waiter> refused;
        synchronized (this) {
            closed = true;
            refused = new ArrayList<>(unasked);
            refused.addAll(waiting);
            unasked.clear();
            waiting.clear();
        }
        refused.forEach(waiter -> waiter.unavailable.run());
    }
}
