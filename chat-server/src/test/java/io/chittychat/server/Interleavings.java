package io.chittychat.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;

/**
 * Runs a scenario many times, each time with another interleaving of its threads. It switches threads before accesses
 * to shared state, at places where the scheduler of a JVM would almost never do so.
 *
 * <p>A scenario starts its threads and joins them, does the same in each run, and throws if an invariant is violated.
 * It should use little other code, because all code that it uses is instrumented.
 */
public final class Interleavings {

    /** The number of interleavings to try of a scenario. */
    private static final int TRIED = Integer.getInteger("chitty.interleavings", 60);

    private static final String LOST_UPDATE = "an update is lost";

    /** The checker's message for a scenario that does not end, or that a busy machine ran too slowly. */
    private static final String HUNG = "has hung";

    /** How often a scenario may hang. A retry tries the same interleavings, so that one that never ends fails again. */
    private static final int PATIENCE = 4;

    private Interleavings() {}

    /** Tries a scenario. The error shows the steps that led to the violation. */
    public static void explore(Runnable scenario) {
        requireChecker();
        prepare(scenario);
        for (int run = 1; ; run++) {
            try {
                Lincheck.runConcurrentTest(TRIED, scenario);
                return;
            } catch (AssertionError found) {
                if (run == PATIENCE || !String.valueOf(found.getMessage()).contains(HUNG)) {
                    throw found;
                }
            }
        }
    }

    /** Loads and instruments classes beforehand: on a busy machine that may exceed the checker's timeout. */
    private static void prepare(Runnable scenario) {
        scenario.run();
        try {
            Lincheck.runConcurrentTest(1, scenario);
        } catch (AssertionError tooSlowOrFound) {
            // A violation is found again by the real run.
        }
    }

    /** Checks that the checker finds a planted race; otherwise every test would pass. */
    private static void requireChecker() {
        try {
            Lincheck.runConcurrentTest(100, Interleavings::loseAnUpdate);
        } catch (AssertionError found) {
            String what = String.valueOf(found.getMessage());
            if (what.contains(LOST_UPDATE) || what.contains(HUNG)) {
                return;
            }
            throw new IllegalStateException("the checker does not work here", found);
        }
        throw new IllegalStateException("the checker does not even find an update that is lost");
    }

    private static void loseAnUpdate() {
        AtomicInteger count = new AtomicInteger();
        inParallel(() -> count.set(count.get() + 1), () -> count.set(count.get() + 1));
        require(count.get() == 2, LOST_UPDATE);
    }

    /** Runs two tasks in parallel, and waits for both. */
    public static void inParallel(Runnable one, Runnable other) {
        Thread thread = new Thread(one);
        thread.start();
        other.run();
        join(thread);
    }

    /** Runs three tasks in parallel, and waits for all. */
    public static void inParallel(Runnable one, Runnable other, Runnable third) {
        Thread thread = new Thread(one);
        thread.start();
        inParallel(other, third);
        join(thread);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Throws if an invariant is violated. It uses no library, because the checker would explore its code, too. */
    public static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
