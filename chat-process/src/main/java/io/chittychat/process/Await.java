package io.chittychat.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Waits for other processes, with a bound. It polls, because processes notify only by files and by their end. */
public final class Await {

    private static final long POLL_MILLIS = 15;

    private Await() {}

    /**
     * Polls until there is a value.
     *
     * @param what the end of the sentence "waited 10 s in vain for"
     * @throws ProcessFailedException if there is no value within the bound, or if the thread is interrupted
     */
    public static <T> T until(String what, Duration bound, Supplier<Optional<T>> condition) {
        return until(what, bound, ProcessFailedException::new, condition);
    }

    /** @param failed makes the exception from a sentence */
    public static <T> T until(
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
