package io.chittychat.tools.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends the JVM, and so all its children, if the demonstration takes too long, whatever it hangs on. */
final class Watchdog implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(90);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watchdog");
        thread.setDaemon(true);
        return thread;
    });

    private Watchdog() {}

    static Watchdog start(PrintStream out) {
        Watchdog watchdog = new Watchdog();
        var unused = watchdog.executor.schedule(() -> bite(out), BOUND.toSeconds(), TimeUnit.SECONDS);
        return watchdog;
    }

    private static void bite(PrintStream out) {
        out.printf("%nThe demonstration takes more than %d s: giving up.%n", BOUND.toSeconds());
        System.exit(1);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
