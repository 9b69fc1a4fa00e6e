package io.chittychat.trace.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Participants that events name and whose logs are not given. Not safe for use by several threads. */
final class MissingLogs {

    private static final int MOST_NAMED = 10;

    private record Span(long first, long last) {}

    private final Set<String> given;
    private final Map<String, Span> spans = new TreeMap<>();

    /** @param given the participants whose logs are given */
    MissingLogs(Set<String> given) {
        this.given = given;
    }

    /** An event names a participant. */
    void seen(String name, long lamport) {
        if (!name.isEmpty() && !given.contains(name)) {
            spans.merge(name, new Span(lamport, lamport), (known, now) -> new Span(known.first(), now.last()));
        }
    }

    /** The names of these participants. */
    List<String> names() {
        return List.copyOf(spans.keySet());
    }

    /** Notes for the user, one for each of the first of these participants. */
    List<String> notes() {
        List<String> notes = new ArrayList<>(spans.entrySet().stream()
                .limit(MOST_NAMED)
                .map(entry -> "no log of %s, who has events from %d to %d: what only %1$s knows is not checked"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().first(),
                                entry.getValue().last()))
                .toList());
        if (spans.size() > MOST_NAMED) {
            notes.add("and no logs of %d more participants".formatted(spans.size() - MOST_NAMED));
        }
        return notes;
    }
}
