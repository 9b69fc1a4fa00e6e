package io.chittychat.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends the JVM, and so all its children, if the demonstration takes too long. */
final class Watchdog implements AutoCloseable {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watchdog");
        thread.setDaemon(true);
        return thread;
    });

    private Watchdog() {}

    /** @param bound of the whole demonstration */
    static Watchdog start(Duration bound, PrintStream out) {
        Watchdog watchdog = new Watchdog();
        var unused = watchdog.executor.schedule(() -> bite(bound, out), bound.toSeconds(), TimeUnit.SECONDS);
        return watchdog;
    }

    private static void bite(Duration bound, PrintStream out) {
        out.printf("%nThe demonstration takes more than %d s: giving up.%n", bound.toSeconds());
        System.exit(1);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
