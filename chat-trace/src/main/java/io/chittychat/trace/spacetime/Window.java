package io.chittychat.trace.spacetime;

import java.util.OptionalLong;
import java.util.Set;

/**
 * A part of a conversation.
 *
 * @param from the first Lamport time of it
 * @param to the last one
 * @param participants only these; everybody if there are none
 */
public record Window(OptionalLong from, OptionalLong to, Set<String> participants) {

    /** All of it, as far as that can be drawn. */
    public static final Window WHOLE = new Window(OptionalLong.empty(), OptionalLong.empty(), Set.of());

    /** Everybody between two Lamport times. */
    public static Window of(long from, long to) {
        return new Window(OptionalLong.of(from), OptionalLong.of(to), Set.of());
    }

    public boolean isWhole() {
        return from.isEmpty() && to.isEmpty() && participants.isEmpty();
    }
}
