package io.chittychat.client.shell;

import io.chittychat.v1.Event;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The participants that have been seen and have not left since, for completion. Safe for use by several threads. */
public final class Roster {

    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    synchronized void seen(Event event) {
        switch (event.getType()) {
            case EVENT_TYPE_LEFT -> names.remove(event.getParticipant());
            case EVENT_TYPE_JOINED, EVENT_TYPE_PUBLISHED -> names.add(event.getParticipant());
            case EVENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }

    /** Replaces the names by those that the service has listed. */
    synchronized void reset(Collection<String> all) {
        names.clear();
        names.addAll(all);
    }

    /** The names, in alphabetical order. */
    public synchronized List<String> names() {
        return List.copyOf(names);
    }
}
