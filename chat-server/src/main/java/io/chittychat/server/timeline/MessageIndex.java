package io.chittychat.server.timeline;

import io.chittychat.text.SearchQuery;
import io.chittychat.v1.Event;
import java.util.List;

/**
 * Finds messages by their words. It may lag behind the log: the newest messages may not be indexed yet.
 *
 * <p>Threading: any thread; it may wait for the disk.
 */
public interface MessageIndex {

    /**
     * The result of a search.
     *
     * @param events the messages found, the newest first
     * @param indexedThrough the Lamport time up to which all messages are indexed; 0 if none are
     * @param continueBefore the Lamport time before which there may be more matches; 0 if there are no more
     */
    record Found(List<Event> events, long indexedThrough, long continueBefore) {}

    /** An index of no messages. */
    MessageIndex NONE = (query, before, limit) -> new Found(List.of(), 0, 0);

    /**
     * Finds messages that are still kept.
     *
     * @param query not empty
     * @param before only messages before this Lamport time
     * @param limit the most messages to return
     * @throws Archive.UnreadableException if the disk cannot be read
     */
    Found find(SearchQuery query, long before, int limit);
}
