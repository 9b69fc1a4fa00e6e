package io.chittychat.property;

import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Tries a property on many random cases. The first case that fails is reduced: elements of its lists and characters of
 * its texts are dropped as long as it still fails. The failure shows both cases, and how to repeat it.
 *
 * <p>{@code -Dchitty.seed=N} sets the seed of the run, {@code -Dchitty.tries=N} the number of cases. A case is drawn
 * from the run's seed plus the number of the case, so that this sum as seed and one try repeat it alone.
 */
public final class Property<C> {

    /** The property of a case; it does not hold if the check throws. */
    @FunctionalInterface
    public interface Check<C> {

        void of(C drawn) throws Exception;
    }

    private static final int TRIES = 1_000;
    /** Bounds the time to reduce a large and slow case. */
    private static final int MOST_REDUCTIONS = 2_000;

    private final Function<? super Draw, ? extends C> cases;
    private final Check<? super C> check;

    private Property(Function<? super Draw, ? extends C> cases, Check<? super C> check) {
        this.cases = cases;
        this.check = check;
    }

    /** Tries a thousand cases, unless another number is set. */
    public static <C> void forAll(Function<? super Draw, ? extends C> cases, Check<? super C> check) {
        forAll(TRIES, cases, check);
    }

    /**
     * Tries the given number of cases, unless another number is set.
     *
     * @param cases draws a case, and depends only on its argument
     * @param check depends only on the case
     * @throws AssertionError if the property does not hold for a case
     */
    public static <C> void forAll(int tries, Function<? super Draw, ? extends C> cases, Check<? super C> check) {
        long seed = Long.getLong("chitty.seed", new SplittableRandom().nextLong());
        forAll(seed, Integer.getInteger("chitty.tries", tries), cases, check);
    }

    /** Tries cases of a run with this seed. */
    static <C> void forAll(long seed, int tries, Function<? super Draw, ? extends C> cases, Check<? super C> check) {
        Property<C> property = new Property<>(cases, check);
        for (int number = 0; number < tries; number++) {
            property.require(seed + number, "case %d of %d".formatted(number + 1, tries));
        }
    }

    private void require(long seed, String name) {
        String repeat = "-Dchitty.seed=%d -Dchitty.tries=1 repeats it alone".formatted(seed);
        BitSet none = new BitSet();
        C drawn;
        try {
            drawn = draw(seed, none);
        } catch (RuntimeException e) {
            throw new AssertionError("%s cannot be drawn; %s: %s".formatted(name, repeat, e), e);
        }
        Optional<Throwable> failure = failure(drawn);
        if (failure.isPresent()) {
            BitSet dropped = reduce(seed);
            Throwable last = failure(draw(seed, dropped)).orElse(failure.get());
            String reduced = dropped.isEmpty() ? "" : "\n  reduced: " + show(seed, dropped);
            throw new AssertionError(
                    "does not hold of %s; %s\n  drawn:   %s%s\n  %s"
                            .formatted(name, repeat, show(seed, none), reduced, last),
                    last);
        }
    }

    private C draw(long seed, BitSet dropped) {
        return cases.apply(new Draw(seed, dropped));
    }

    private Optional<Throwable> failure(C drawn) {
        try {
            check.of(drawn);
            return Optional.empty();
        } catch (Throwable e) { // any failure must be reported with its seed
            return Optional.of(e);
        }
    }

    /**
     * Finds elements that a failing case does not need: tries to drop all, then halves, and so on down to single ones.
     */
    private BitSet reduce(long seed) {
        BitSet dropped = new BitSet();
        int tried = 0;
        boolean fewer = true;
        while (fewer) {
            fewer = false;
            int elements = elements(seed, dropped);
            for (int size = elements; size > 0; size /= 2) {
                for (int from = 0; from < elements; from += size) {
                    BitSet more = (BitSet) dropped.clone();
                    more.set(from, Math.min(from + size, elements));
                    if (!more.equals(dropped) && tried++ < MOST_REDUCTIONS && failsWithout(seed, more)) {
                        dropped = more;
                        fewer = true;
                    }
                }
            }
        }
        return dropped;
    }

    private int elements(long seed, BitSet dropped) {
        Draw draw = new Draw(seed, dropped);
        C unused = cases.apply(draw);
        return draw.elements();
    }

    private boolean failsWithout(long seed, BitSet dropped) {
        try {
            return failure(draw(seed, dropped)).isPresent();
        } catch (RuntimeException e) {
            return false; // the case cannot be drawn without them
        }
    }

    /** The case in ASCII, because its texts may have characters that are harmful in a terminal. */
    private String show(long seed, BitSet dropped) {
        StringBuilder shown = new StringBuilder();
        String.valueOf(draw(seed, dropped))
                .chars()
                .forEach(c -> shown.append(c >= ' ' && c <= '~' ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
        return shown.toString();
    }
}
