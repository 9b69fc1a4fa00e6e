package io.chittychat.trace.spacetime;

import java.util.OptionalLong;
import java.util.Set;

/**
 * The part of a conversation that the user selects for a drawing.
 *
 * @param from its first Lamport time
 * @param to its last Lamport time
 * @param participants the participants to draw; empty for all
 */
public record Selection(OptionalLong from, OptionalLong to, Set<String> participants) {

    /** The whole conversation, as far as it can be drawn. */
    public static final Selection WHOLE = new Selection(OptionalLong.empty(), OptionalLong.empty(), Set.of());

    /** All participants between two Lamport times. */
    public static Selection of(long from, long to) {
        return new Selection(OptionalLong.of(from), OptionalLong.of(to), Set.of());
    }

    public boolean isWhole() {
        return from.isEmpty() && to.isEmpty() && participants.isEmpty();
    }
}
