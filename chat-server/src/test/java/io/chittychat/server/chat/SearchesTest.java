package io.chittychat.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;

import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.History;
import io.chittychat.server.timeline.MessageIndex;
import io.chittychat.server.timeline.MessageSearch;
import io.chittychat.server.timeline.Timeline;
import io.chittychat.server.transport.CallThreads;
import io.chittychat.v1.SearchEventsRequest;
import io.chittychat.v1.SearchEventsResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Searches, which use the index and scan messages that are not indexed yet. */
class SearchesTest {

    private final Timeline timeline = new Timeline(0, 64L << 20);
    private final AtomicInteger ended = new AtomicInteger();

    private void say(int count, String text) {
        long newest = timeline.view().lamportTime();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event.Header header = new Event.Header(newest + 1, newest, 0, Instant.EPOCH, new SessionId(1, 2), "alice");
            events.add(new Event.Published(header, text, 0));
            newest++;
        }
        timeline.append(events, newest);
    }

    private Told search(MessageIndex index, ExecutorService threads, String token) {
        Told told = new Told();
        SearchEventsRequest request = SearchEventsRequest.newBuilder()
                .setQuery("needle")
                .setPageSize(2)
                .setPageToken(token)
                .build();
        new Searches(
                        new MessageSearch(new History(timeline, mock(Archive.class)), index),
                        new CallThreads("searches", threads))
                .events(request, "alice", told, ended::incrementAndGet);
        assertThat(ended).hasValue(1);
        ended.set(0);
        return told;
    }

    /** Keeps the answer to a call. */
    private static final class Told implements Answer<SearchEventsResponse> {

        private final List<SearchEventsResponse> responses = new ArrayList<>();
        private final List<Status> refusals = new ArrayList<>();

        @Override
        public void succeed(SearchEventsResponse response, String participant, long lamportOut) {
            responses.add(response);
        }

        @Override
        public void fail(Status why) {
            refusals.add(why);
        }
    }

    private SearchEventsResponse answer(MessageIndex index, String token) {
        Told told = search(index, new SameThread(), token);
        assertThat(told.responses).hasSize(1);
        return told.responses.get(0);
    }

    private static ErrorReason refusal(Told told) {
        assertThat(told.responses).isEmpty();
        assertThat(told.refusals).hasSize(1);
        return ErrorReason.valueOf(Failures.reason(told.refusals.get(0)));
    }

    @Test
    void searchThatScansManyEventsIsContinuedByTheNextPage() {
        say(1, "needle");
        say(MessageSearch.SCAN + 5, "hay");
        SearchEventsResponse first = answer(MessageIndex.NONE, "");
        assertThat(first.getEventsCount()).isZero();
        SearchEventsResponse second = answer(MessageIndex.NONE, first.getNextPageToken());
        assertThat(second.getEventsList())
                .extracting(io.chittychat.v1.Event::getLamportTime)
                .containsExactly(1L);
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void messagesThatAreNotIndexedYetComeFirst() {
        say(1000, "needle");
        io.chittychat.v1.Event old =
                io.chittychat.v1.Event.newBuilder().setLamportTime(7).build();
        MessageIndex index = (query, before, limit) -> new MessageIndex.Found(List.of(old), 999, 5);
        SearchEventsResponse page = answer(index, "");
        assertThat(page.getEventsList())
                .extracting(io.chittychat.v1.Event::getLamportTime)
                .containsExactly(1000L, 7L);
        assertThat(page.getNextPageToken()).isNotEmpty();
    }

    @Test
    void nothingIsScannedIfTheIndexIsComplete() {
        say(1000, "needle");
        MessageIndex index = (query, before, limit) -> new MessageIndex.Found(List.of(), 1000, 0);
        assertThat(answer(index, "").getEventsList()).isEmpty();
    }

    @Test
    void failedSearchIsRefusedWithAReason() {
        MessageIndex broken = (query, before, limit) -> {
            throw new Archive.UnreadableException(new IllegalStateException("the disk is gone"));
        };
        assertThat(refusal(search(broken, new SameThread(), ""))).isEqualTo(ErrorReason.LOG_UNAVAILABLE);
    }

    @Test
    void tooManySearchesAreRefused() {
        ExecutorService busy = mock(ExecutorService.class);
        Mockito.doThrow(new RejectedExecutionException()).when(busy).execute(any());
        assertThat(refusal(search(MessageIndex.NONE, busy, ""))).isEqualTo(ErrorReason.RATE_LIMITED);
        Mockito.when(busy.isShutdown()).thenReturn(true);
        assertThat(refusal(search(MessageIndex.NONE, busy, ""))).isEqualTo(ErrorReason.SHUTTING_DOWN);
    }

    private static final class SameThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
