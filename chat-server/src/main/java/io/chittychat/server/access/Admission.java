package io.chittychat.server.access;

/**
 * Decides who may join.
 *
 * <p>Threading: any thread.
 */
@FunctionalInterface
public interface Admission {

    /** Admits all callers under any name. */
    Admission OPEN = shown -> new Verdict.AnyName();

    /** Decides by a caller's credentials whether it may join, and under which names. */
    Verdict judge(Credentials shown);

    /** Whether {@link #judge} may block, for example while it fetches a key. */
    default boolean mayBlock() {
        return false;
    }
}
