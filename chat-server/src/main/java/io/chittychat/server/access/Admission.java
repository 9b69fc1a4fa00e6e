package io.chittychat.server.access;

/**
 * Decides who may join.
 *
 * <p>Threading: any thread.
 */
@FunctionalInterface
public interface Admission {

    /** Everybody may join. */
    Admission OPEN = shown -> new Verdict.AnyName();

    /** Judges what somebody shows. */
    Verdict judge(Credentials shown);

    /** Whether judging may wait for something, such as a key that has to be fetched. */
    default boolean mayBlock() {
        return false;
    }
}
