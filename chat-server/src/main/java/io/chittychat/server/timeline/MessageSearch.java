package io.chittychat.server.timeline;

import io.chittychat.text.SearchQuery;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds messages, the newest first: it scans messages that are not indexed yet, and takes older ones from the index.
 *
 * <p>Threading: any thread; it may wait for the disk.
 */
public final class MessageSearch {

    /**
     * The most events that one search scans. It bounds the time of a page, not the results: the next page continues.
     */
    public static final int SCAN = 100_000;

    private static final int CHUNK = 1000; // events

    private final History history;
    private final MessageIndex index;

    public MessageSearch(History history, MessageIndex index) {
        this.history = history;
        this.index = index;
    }

    /**
     * A page of results.
     *
     * @param events the messages found, the newest first
     * @param continueBefore the Lamport time before which there may be more matches; 0 if there are no more
     */
    public record Found(List<Event> events, long continueBefore) {}

    /** The current end of the log, as an argument of {@link #find}. */
    public View view() {
        return history.view();
    }

    /**
     * Finds messages.
     *
     * @param view the end of the search: later messages are not found
     * @param before only messages before this Lamport time
     * @param limit the most messages to return
     * @throws Archive.UnreadableException if the disk cannot be read
     */
    public Found find(View view, SearchQuery query, long before, int limit) {
        if (query.terms().isEmpty()) {
            return new Found(List.of(), 0);
        }
        List<Event> found = new ArrayList<>();
        long continueBefore = search(view, query, before, limit + 1, found); // one extra shows that there are more
        return found.size() > limit
                ? new Found(found.subList(0, limit), found.get(limit - 1).getLamportTime())
                : new Found(found, continueBefore);
    }

    /** Returns the Lamport time before which there may be more matches; 0 if there are no more. */
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

    /**
     * Scans backwards from {@code before} down to {@code after}.
     *
     * @return the Lamport time before which it did not scan; 0 if it scanned everything
     */
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
