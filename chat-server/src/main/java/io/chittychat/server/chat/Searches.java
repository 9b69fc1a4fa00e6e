package io.chittychat.server.chat;

import io.chittychat.server.timeline.MessageSearch;
import io.chittychat.server.timeline.View;
import io.chittychat.text.SearchQuery;
import io.chittychat.v1.SearchEventsRequest;
import io.chittychat.v1.SearchEventsResponse;
import java.util.OptionalLong;

/**
 * Pages of messages that were found.
 *
 * <p>Threading: any thread; the work is done by threads of its own, which may block on a disk.
 */
final class Searches {

    private static final Pages PAGES = new Pages("before:", Long.MAX_VALUE);

    private final MessageSearch messages;
    private final Workers.Worker worker;

    /** @param worker does the work */
    Searches(MessageSearch messages, Workers.Worker worker) {
        this.messages = messages;
        this.worker = worker;
    }

    /**
     * Answers a request that is right but for its page token.
     *
     * @param ended is run once, when nothing is done for the call any more
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
        worker.run(
                caller,
                call::fail,
                () -> call.succeed(
                        response(view, messages.find(view, query, before, size)), caller, view.lamportTime()),
                ended);
    }

    private static SearchEventsResponse response(View view, MessageSearch.Found found) {
        return SearchEventsResponse.newBuilder()
                .addAllEvents(found.events())
                .setNextPageToken(found.continueBefore() == 0 ? "" : PAGES.token(found.continueBefore()))
                .setLamportTime(view.lamportTime())
                .build();
    }
}
