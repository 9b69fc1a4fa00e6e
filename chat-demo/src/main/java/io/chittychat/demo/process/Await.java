package io.chittychat.demo.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Waits for what other processes do, with a bound: there is nothing to be notified by but files and exits. */
public final class Await {

    private static final long POLL_MILLIS = 15;

    private Await() {}

    /**
     * Looks again and again until there is something.
     *
     * @param what what is waited for, as the end of "waited 10 s for"
     * @throws ProcessFailedException if there is nothing within the bound, or if the thread is interrupted
     */
    public static <T> T until(String what, Duration bound, Supplier<Optional<T>> condition) {
        return until(what, bound, ProcessFailedException::new, condition);
    }

    /** @param failed makes the failure of a sentence, for something that a process did not do */
    static <T> T until(
            String what,
            Duration bound,
            Function<String, ProcessFailedException> failed,
            Supplier<Optional<T>> condition) {
        long start = System.nanoTime();
        while (true) {
            Optional<T> found = condition.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - start > bound.toNanos()) {
                throw failed.apply("waited %d s in vain for %s".formatted(bound.toSeconds(), what));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        }
    }
}
