package io.chittychat.trace.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The participants in the chat, according to its events. Not safe for use by several threads. */
final class PresentParticipants {

    private final Map<String, Long> present = new HashMap<>(); // and the times of their joins
    private final Set<String> gone = new HashSet<>(); // left, and have not joined again
    private final Map<String, Long> strangers =
            new HashMap<>(); // published without a known join; time of the first message
    private final Map<String, CheckedEvent> newest = new HashMap<>(); // the newest message of each participant

    /** Forgets everything: events may be missing. */
    void forget() {
        present.clear();
        gone.clear();
        strangers.clear();
        newest.clear();
    }

    /** A participant joined; returns the problem, if there is one. */
    Optional<String> joined(String name, long lamport) {
        gone.remove(name);
        newest.remove(name);
        Long spoke = strangers.remove(name);
        Long since = present.put(name, lamport);
        if (since != null) {
            return Optional.of(
                    "this is a join of %s, who joined at Lamport time %d and has not left".formatted(name, since));
        }
        return Optional.ofNullable(spoke)
                .map(when -> "this is the join of %s, who published at Lamport time %d already and has not left since"
                        .formatted(name, when));
    }

    /**
     * A participant left; returns the problem, if there is one.
     *
     * @param wasKnown whether its join would be known
     */
    Optional<String> left(String name, boolean wasKnown) {
        newest.remove(name);
        strangers.remove(name);
        if (present.remove(name) != null) {
            gone.add(name);
            return Optional.empty();
        }
        if (!gone.add(name)) {
            return Optional.of("this is a leave of %s, who had left before".formatted(name));
        }
        return wasKnown ? Optional.of("this is a leave of %s, who never joined".formatted(name)) : Optional.empty();
    }

    /** A participant published a message; returns the problem, if there is one. */
    Optional<String> spoke(CheckedEvent message) {
        String name = message.from();
        if (!present.containsKey(name) && !gone.contains(name)) {
            strangers.putIfAbsent(name, message.lamport());
        }
        CheckedEvent before = newest.put(name, message);
        return before == null || message.sent() == 0 || before.sent() != message.sent()
                ? Optional.empty()
                : Optional.of("this repeats %s: its request, with clock %d, already became the event of Lamport time %d"
                        .formatted(message, message.sent(), before.lamport()));
    }

    boolean isGone(String name) {
        return gone.contains(name);
    }
}
