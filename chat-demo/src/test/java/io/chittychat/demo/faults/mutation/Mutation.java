package io.chittychat.demo.faults.mutation;

import java.util.List;
import java.util.Random;

/**
 * A way to make something right into something wrong, or into something that is at a limit and still right.
 *
 * @param name what it does, for the reader of a failure
 */
record Mutation<T>(String name, Change<T> change) {

    /** Does it; the original stays as it is. */
    interface Change<T> {
        T apply(T original, Random random);
    }

    T apply(T original, Random random) {
        return change.apply(original, random);
    }

    /** Any of them. */
    static <T> T pick(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
