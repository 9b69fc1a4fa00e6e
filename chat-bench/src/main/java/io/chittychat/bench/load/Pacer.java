package io.chittychat.bench.load;

import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a loop at equal intervals, more exactly than the milliseconds of a selector, and without spinning, which would take a core
 * from the server.
 */
final class Pacer implements AutoCloseable {

    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param start by {@link System#nanoTime}
     * @param interval in nanoseconds
     */
    Pacer(Loop loop, long start, long interval) {
        thread = new Thread(() -> run(loop, start, interval), "pacer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Loop loop, long start, long interval) {
        while (!closed) {
            long sinceStart = System.nanoTime() - start;
            LockSupport.parkNanos(interval - sinceStart % interval);
            loop.wakeup();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
