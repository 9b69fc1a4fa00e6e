package io.chittychat.server.log.cluster;

import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time, and chance from a seed: the same seed has the same history. One thread. */
final class SimulatedWorld {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;

    final Random random;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now = 1; // nanoseconds
    private long numbers;

    private record Task(long at, long number, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    SimulatedWorld(long seed) {
        this.random = new Random(seed);
    }

    long now() {
        return now;
    }

    void after(long nanos, Runnable run) {
        tasks.add(new Task(now + Math.max(0, nanos), numbers++, run));
    }

    /** Runs what is due until a time. */
    void runUntil(long end) {
        while (!tasks.isEmpty() && tasks.peek().at() <= end) {
            Task task = tasks.remove();
            now = task.at();
            task.run().run();
        }
        now = end;
    }

    /** A random time, in nanoseconds. */
    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
