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

/** A thread that does what it was handed when the test says so, on a clock that the test moves. */
public final class ManualThread extends AbstractExecutorService implements ScheduledExecutorService {

    private record Timed(long due, Runnable task) implements Comparable<Timed> {
        @Override
        public int compareTo(Timed other) {
            return Long.compare(due, other.due);
        }
    }

    private final Queue<Runnable> handed = new ConcurrentLinkedQueue<>(); // any thread hands in
    private final PriorityQueue<Timed> timed = new PriorityQueue<>();
    private long now; // nanoseconds

    public long nanoTime() {
        return now;
    }

    /** Lets time pass, without doing what is due meanwhile. */
    public void pass(long nanos) {
        now += nanos;
    }

    /** Does what was handed in, and what comes of that, but nothing that waits for its time. */
    public void runHanded() {
        for (Runnable task = handed.poll(); task != null; task = handed.poll()) {
            task.run();
        }
    }

    /**
     * Does everything, and passes the time that is waited for; at most so many nanoseconds of it.
     *
     * @return whether there was anything to do
     */
    public boolean runAll(long most) {
        long until = now + most;
        boolean some = !handed.isEmpty();
        runHanded();
        while (!timed.isEmpty() && timed.peek().due() <= until) {
            Timed next = timed.remove();
            now = Math.max(now, next.due());
            next.task().run();
            runHanded();
            some = true;
        }
        return some;
    }

    @Override
    public void execute(Runnable task) {
        handed.add(task);
    }

    @Override
    @SuppressWarnings("NullAway") // nobody looks at the future
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
