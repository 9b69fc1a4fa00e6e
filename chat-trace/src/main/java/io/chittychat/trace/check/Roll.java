package io.chittychat.trace.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is in the chat, as its events tell. Not safe for use by several threads. */
final class Roll {

    private final Map<String, Long> present = new HashMap<>(); // since when
    private final Set<String> gone = new HashSet<>(); // who left, and did not come back
    private final Map<String, Long> strangers = new HashMap<>(); // who spoke and was not known to be there; first when
    private final Map<String, Subject> newest = new HashMap<>(); // the newest message of each who is there

    /** Nobody looked for a while. */
    void forget() {
        present.clear();
        gone.clear();
        strangers.clear();
        newest.clear();
    }

    /** Somebody joined; what is wrong with that, if it is. */
    Optional<String> joined(String name, long lamport) {
        gone.remove(name);
        newest.remove(name);
        Long spoke = strangers.remove(name);
        Long since = present.put(name, lamport);
        if (since != null) {
            return Optional.of(
                    "announces that %s joined, who joined at Lamport time %d and has not left".formatted(name, since));
        }
        return Optional.ofNullable(spoke)
                .map(when ->
                        "announces that %s joined, of whom there was a message at Lamport time %d, and no leave since"
                                .formatted(name, when));
    }

    /**
     * Somebody left; what is wrong with that, if it is.
     *
     * @param wasKnown whether a join of it would be known
     */
    Optional<String> left(String name, boolean wasKnown) {
        newest.remove(name);
        strangers.remove(name);
        if (present.remove(name) != null) {
            gone.add(name);
            return Optional.empty();
        }
        if (!gone.add(name)) {
            return Optional.of("announces once more that %s left".formatted(name));
        }
        return wasKnown ? Optional.of("announces that somebody left who was never there") : Optional.empty();
    }

    /** Somebody said something; what is wrong with that, if it is. */
    Optional<String> spoke(Subject message) {
        String name = message.from();
        if (!present.containsKey(name) && !gone.contains(name)) {
            strangers.putIfAbsent(name, message.lamport());
        }
        Subject before = newest.put(name, message);
        return before == null || message.sent() == 0 || before.sent() != message.sent()
                ? Optional.empty()
                : Optional.of("is %s once more: its request, with clock %d, became the event of Lamport time %d already"
                        .formatted(message, message.sent(), before.lamport()));
    }

    boolean isGone(String name) {
        return gone.contains(name);
    }
}
