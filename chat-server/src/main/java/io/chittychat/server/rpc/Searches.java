package io.chittychat.server.rpc;

import io.chittychat.server.timeline.View;
import io.chittychat.text.SearchQuery;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.SearchEventsRequest;
import io.chittychat.v1.SearchEventsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds messages, the newest first: what the index does not know yet by looking at it, the rest in the index.
 *
 * <p>Threading: any thread; the work is done by threads of its own, which may block on a disk.
 */
public final class Searches {

    /** How many events that are not indexed one call looks at: a bound for its time, not for what can be found. */
    static final int SCAN = 100_000;

    private static final int CHUNK = 1000; // events
    private static final Pages PAGES = new Pages("before:", Long.MAX_VALUE);

    private final History history;
    private final MessageIndex index;
    private final CallThreads threads;

    /** @param threads do the work */
    public Searches(History history, MessageIndex index, CallThreads threads) {
        this.history = history;
        this.index = index;
        this.threads = threads;
    }

    /**
     * Answers a request that is right but for its page token.
     *
     * @param ended is run once, when nothing is done for the call any more
     */
    void events(SearchEventsRequest request, String caller, UnaryCall<SearchEventsResponse> call, Runnable ended) {
        View view = history.view();
        OptionalLong token = PAGES.time(request.getPageToken());
        if (token.isEmpty() || (!request.getPageToken().isEmpty() && view.isBehind(token.getAsLong()))) {
            call.fail(Pages.invalid());
            ended.run();
            return;
        }
        Search search = new Search(
                view,
                SearchQuery.of(request.getQuery()),
                Math.min(token.getAsLong(), view.lamportTime() + 1),
                Pages.size(request.getPageSize()));
        threads.run(caller, call, () -> answer(search, caller, call), ended);
    }

    private static void answer(Search search, String caller, UnaryCall<SearchEventsResponse> call) {
        SearchEventsResponse response = search.page();
        call.succeed(response, caller, response.getLamportTime());
    }

    /** One call. */
    private final class Search {

        private final View view;
        private final SearchQuery query;
        private final long before;
        private final int size;
        private final List<Event> found = new ArrayList<>();

        Search(View view, SearchQuery query, long before, int size) {
            this.view = view;
            this.query = query;
            this.before = before;
            this.size = size;
        }

        SearchEventsResponse page() {
            long continueBefore = query.terms().isEmpty() ? 0 : search();
            if (found.size() > size) {
                continueBefore = found.get(size - 1).getLamportTime();
            }
            return SearchEventsResponse.newBuilder()
                    .addAllEvents(found.subList(0, Math.min(size, found.size())))
                    .setNextPageToken(continueBefore == 0 ? "" : PAGES.token(continueBefore))
                    .setLamportTime(view.lamportTime())
                    .build();
        }

        /** Finds one more than fits. Returns before which Lamport time there may be more; 0 if there are none. */
        private long search() {
            MessageIndex.Found indexed = index.find(query, before, size + 1);
            long scannedTo = scan(Math.max(indexed.indexedThrough(), history.removedThrough()));
            if (scannedTo > 0) {
                return scannedTo;
            }
            found.addAll(indexed.events());
            return indexed.continueBefore();
        }

        /** Looks at events after a time. Returns before which Lamport time it did not get; 0 if it got to the end. */
        private long scan(long after) {
            if (view.newest() <= after) {
                return 0; // the index knows everything
            }
            long at = before;
            for (int scanned = 0; scanned < SCAN && found.size() <= size; scanned += CHUNK) {
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
}
