package io.chittychat.server.chat;

import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.MessageSearch;
import io.chittychat.server.timeline.View;
import io.chittychat.text.SearchQuery;
import io.chittychat.v1.SearchEventsRequest;
import io.chittychat.v1.SearchEventsResponse;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers SearchEvents, page by page.
 *
 * <p>Threading: any thread may call it; the threads of the worker search, and may wait for the disk.
 */
final class Searches {

    private static final Logger LOG = LoggerFactory.getLogger(Searches.class);
    private static final Pages PAGES = new Pages("before:", Long.MAX_VALUE);

    private final MessageSearch messages;
    private final Workers.Worker worker;

    /** @param worker runs the searches */
    Searches(MessageSearch messages, Workers.Worker worker) {
        this.messages = messages;
        this.worker = worker;
    }

    /**
     * Answers a request whose query is valid; the page token is checked here.
     *
     * @param ended run once, when all work for the call is over
     */
    void events(SearchEventsRequest request, String caller, Answer<SearchEventsResponse> call, Runnable ended) {
        View view = messages.view();
        OptionalLong token = PAGES.time(request.getPageToken());
        if (token.isEmpty() || (!request.getPageToken().isEmpty() && view.isBehind(token.getAsLong()))) {
            call.fail(Pages.invalid());
            ended.run();
            return;
        }
        SearchQuery query = SearchQuery.of(request.getQuery());
        long before = Math.min(token.getAsLong(), view.lamportTime() + 1);
        int size = Pages.size(request.getPageSize());
        worker.run(caller, call::fail, () -> search(view, query, before, size, caller, call), ended);
    }

    private void search(
            View view, SearchQuery query, long before, int size, String caller, Answer<SearchEventsResponse> call) {
        try {
            call.succeed(response(view, messages.find(view, query, before, size)), caller, view.lamportTime());
        } catch (Archive.DamagedException e) { // the archive has told the operator
            call.fail(Failures.damaged());
        } catch (Archive.UnreadableException e) {
            LOG.error("Cannot search events before {}", before, e);
            call.fail(Failures.unreadable());
        }
    }

    private static SearchEventsResponse response(View view, MessageSearch.Found found) {
        return SearchEventsResponse.newBuilder()
                .addAllEvents(found.events())
                .setNextPageToken(found.continueBefore() == 0 ? "" : PAGES.token(found.continueBefore()))
                .setLamportTime(view.lamportTime())
                .build();
    }
}
