package io.chittychat.trace.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Participants of whom the events tell and whose logs are not there. Not safe for use by several threads. */
final class Absent {

    private static final int MOST_NAMED = 10;

    private record Span(long first, long last) {}

    private final Set<String> there;
    private final Map<String, Span> spans = new TreeMap<>();

    /** @param there whose logs there are */
    Absent(Set<String> there) {
        this.there = there;
    }

    /** An event is about somebody. */
    void seen(String name, long lamport) {
        if (!name.isEmpty() && !there.contains(name)) {
            spans.merge(name, new Span(lamport, lamport), (known, now) -> new Span(known.first(), now.last()));
        }
    }

    /** Their names. */
    List<String> names() {
        return List.copyOf(spans.keySet());
    }

    /** What people should know of them. */
    List<String> notes() {
        List<String> notes = new java.util.ArrayList<>(spans.entrySet().stream()
                .limit(MOST_NAMED)
                .map(entry ->
                        "no log of %s, of whom there are events from %d to %d: what only that log tells is not checked"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue().first(),
                                        entry.getValue().last()))
                .toList());
        if (spans.size() > MOST_NAMED) {
            notes.add("and no logs of %d more".formatted(spans.size() - MOST_NAMED));
        }
        return notes;
    }
}
