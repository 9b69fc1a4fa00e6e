package io.chittychat.server.timeline;

import io.chittychat.text.SearchQuery;
import io.chittychat.v1.Event;
import java.util.List;

/**
 * Knows the words of the older part of the log.
 *
 * <p>Threading: any thread; it may block on a disk.
 */
public interface MessageIndex {

    /**
     * What the index knows.
     *
     * @param events messages that were found, the newest first
     * @param indexedThrough up to which Lamport time the index knows everything; 0 for nothing at all
     * @param continueBefore before which Lamport time there may be more; 0 if there are none
     */
    record Found(List<Event> events, long indexedThrough, long continueBefore) {}

    /** Knows nothing. */
    MessageIndex NONE = (query, before, limit) -> new Found(List.of(), 0, 0);

    /**
     * Finds messages that are still kept.
     *
     * @param query not empty
     * @param before only messages before this Lamport time
     * @param limit at most so many
     */
    Found find(SearchQuery query, long before, int limit);
}
