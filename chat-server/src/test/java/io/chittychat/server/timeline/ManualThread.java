package io.chittychat.server.timeline;

import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An executor without a thread: the test runs its tasks and moves its clock. */
public final class ManualThread extends AbstractExecutorService implements ScheduledExecutorService {

    private record Timed(long due, Runnable task) implements Comparable<Timed> {
        @Override
        public int compareTo(Timed other) {
            return Long.compare(due, other.due);
        }
    }

    private final Queue<Runnable> queued = new ConcurrentLinkedQueue<>(); // any thread adds tasks
    private final PriorityQueue<Timed> timed = new PriorityQueue<>();
    private long now; // nanoseconds

    public long nanoTime() {
        return now;
    }

    /** Moves the clock without running the tasks that become due. */
    public void pass(long nanos) {
        now += nanos;
    }

    /** Runs the queued tasks, and those that they queue, but no scheduled ones. */
    public void runQueued() {
        for (Runnable task = queued.poll(); task != null; task = queued.poll()) {
            task.run();
        }
    }

    /**
     * Runs all queued tasks, and all scheduled ones that are due within {@code most} nanoseconds; moves the clock to
     * them.
     *
     * @return whether any task was run
     */
    public boolean runAll(long most) {
        long until = now + most;
        boolean some = !queued.isEmpty();
        runQueued();
        while (!timed.isEmpty() && timed.peek().due() <= until) {
            Timed next = timed.remove();
            now = Math.max(now, next.due());
            next.task().run();
            runQueued();
            some = true;
        }
        return some;
    }

    @Override
    public void execute(Runnable task) {
        queued.add(task);
    }

    @Override
    @SuppressWarnings("NullAway") // the lane ignores the future
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        timed.add(new Timed(now + unit.toNanos(delay), task));
        return null;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return Collections.emptyList();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
