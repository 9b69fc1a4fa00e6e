package io.chittychat.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;

/**
 * Runs a scenario again and again, each time with its threads interleaved in another way: a thread gives way to another
 * one before any access to what they share, where chance would do so hardly ever.
 *
 * <p>A scenario starts its threads and joins them, is the same whenever it is run, and throws if what must hold does not.
 * What it uses besides should be small, since all of it is instrumented.
 */
public final class Interleavings {

    /** How many interleavings of a scenario are tried. */
    private static final int TRIED = Integer.getInteger("chitty.interleavings", 60);

    private static final String LOST_UPDATE = "an update is lost";

    /** What the checker says of a scenario that does not end, or for which a busy machine had no time. */
    private static final String HUNG = "has hung";

    /** How often a scenario may hang: the same interleavings are tried again, so that one that never ends is found again. */
    private static final int PATIENCE = 4;

    private Interleavings() {}

    /** Tries a scenario. The error tells the steps that led to what must not be. */
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

    /** Loads and instruments classes, for which the checker may not have the patience on a busy machine. */
    private static void prepare(Runnable scenario) {
        scenario.run();
        try {
            Lincheck.runConcurrentTest(1, scenario);
        } catch (AssertionError tooSlowOrFound) {
            // What was found is found again.
        }
    }

    /** A checker that does not see a race would let everything pass. */
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

    /** Runs two tasks at the same time, until both are done. */
    public static void inParallel(Runnable one, Runnable other) {
        Thread thread = new Thread(one);
        thread.start();
        other.run();
        join(thread);
    }

    /** Runs three tasks at the same time, until all are done. */
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

    /** What must hold; without a library, through which the checker would have to go. */
    public static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
