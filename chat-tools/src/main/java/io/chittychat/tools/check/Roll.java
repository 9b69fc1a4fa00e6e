package io.chittychat.tools.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is in the chat, as its events tell. Not safe for use by several threads. */
final class Roll {

    private final Map<String, Long> present = new HashMap<>(); // since when
    private final Set<String> gone = new HashSet<>(); // who left, and did not come back

    /** Nobody looked for a while. */
    void forget() {
        present.clear();
        gone.clear();
    }

    /** Somebody joined; what is wrong with that, if it is. */
    Optional<String> joined(String name, long lamport) {
        gone.remove(name);
        Long since = present.put(name, lamport);
        return since == null
                ? Optional.empty()
                : Optional.of("announces that %s joined, who joined at Lamport time %d and has not left"
                        .formatted(name, since));
    }

    /**
     * Somebody left; what is wrong with that, if it is.
     *
     * @param wasKnown whether a join of it would be known
     */
    Optional<String> left(String name, boolean wasKnown) {
        if (present.remove(name) != null) {
            gone.add(name);
            return Optional.empty();
        }
        if (!gone.add(name)) {
            return Optional.of("announces once more that %s left".formatted(name));
        }
        return wasKnown ? Optional.of("announces that somebody left who was never there") : Optional.empty();
    }

    boolean isGone(String name) {
        return gone.contains(name);
    }
}
