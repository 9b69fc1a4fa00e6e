package io.chittychat.server.timeline;

import io.chittychat.text.SearchQuery;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds messages, the newest first: what the index does not know yet by looking at it, the rest in the index.
 *
 * <p>Threading: any thread; it may block on a disk.
 */
public final class MessageSearch {

    /** How many events that are not indexed one search looks at: a bound for its time, not for what can be found. */
    public static final int SCAN = 100_000;

    private static final int CHUNK = 1000; // events

    private final History history;
    private final MessageIndex index;

    public MessageSearch(History history, MessageIndex index) {
        this.history = history;
        this.index = index;
    }

    /**
     * Some of what was found.
     *
     * @param events the newest first
     * @param continueBefore before which Lamport time there may be more; 0 if there are none
     */
    public record Found(List<Event> events, long continueBefore) {}

    /** What there is to be searched now. */
    public View view() {
        return history.view();
    }

    /**
     * Finds messages.
     *
     * @param view nothing after it is found
     * @param before only messages before this Lamport time
     * @param limit at most so many
     */
    public Found find(View view, SearchQuery query, long before, int limit) {
        if (query.terms().isEmpty()) {
            return new Found(List.of(), 0);
        }
        List<Event> found = new ArrayList<>();
        long continueBefore = search(view, query, before, limit + 1, found); // one more than asked for tells of others
        return found.size() > limit
                ? new Found(found.subList(0, limit), found.get(limit - 1).getLamportTime())
                : new Found(found, continueBefore);
    }

    /** Returns before which Lamport time there may be more; 0 if there are none. */
    private long search(View view, SearchQuery query, long before, int limit, List<Event> found) {
        MessageIndex.Found indexed = index.find(query, before, limit);
        long after = Math.max(indexed.indexedThrough(), history.removedThrough());
        long scannedTo = view.newest() <= after ? 0 : scan(view, query, before, after, limit, found);
        if (scannedTo > 0) {
            return scannedTo;
        }
        found.addAll(indexed.events());
        return indexed.continueBefore();
    }

    /** Looks at events after a time. Returns before which Lamport time it did not get; 0 if it got to the end. */
    private long scan(View view, SearchQuery query, long before, long after, int limit, List<Event> found) {
        long at = before;
        for (int scanned = 0; scanned < SCAN && found.size() < limit; scanned += CHUNK) {
            List<Event> chunk = history.before(view, at, CHUNK);
            chunk.stream()
                    .filter(event -> event.getLamportTime() > after)
                    .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                    .filter(event -> query.matches(event.getText()))
                    .forEach(found::add);
            if (chunk.isEmpty() || chunk.get(chunk.size() - 1).getLamportTime() <= after) {
                return 0;
            }
            at = chunk.get(chunk.size() - 1).getLamportTime();
        }
        return at;
    }
}
