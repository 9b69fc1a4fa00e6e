package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.ServiceLog;
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
import io.grpc.stub.ServerCallStreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

/** How a search is divided between the index and what it does not know yet. */
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

    @SuppressWarnings("unchecked")
    private ServerCallStreamObserver<SearchEventsResponse> search(
            MessageIndex index, ExecutorService threads, String token) {
        ServerCallStreamObserver<SearchEventsResponse> observer = mock(ServerCallStreamObserver.class);
        SearchEventsRequest request = SearchEventsRequest.newBuilder()
                .setQuery("needle")
                .setPageSize(2)
                .setPageToken(token)
                .build();
        new Searches(
                        new MessageSearch(new History(timeline, mock(Archive.class)), index),
                        new CallThreads("searches", threads))
                .events(
                        request,
                        "alice",
                        new UnaryCall<>(
                                new ServiceLog(new CallMeters(new SimpleMeterRegistry()), false),
                                "SearchEvents",
                                "alice",
                                0,
                                observer),
                        ended::incrementAndGet);
        assertThat(ended).hasValue(1);
        ended.set(0);
        return observer;
    }

    private SearchEventsResponse answer(MessageIndex index, String token) {
        ArgumentCaptor<SearchEventsResponse> answer = ArgumentCaptor.forClass(SearchEventsResponse.class);
        verify(search(index, new SameThread(), token)).onNext(answer.capture());
        return answer.getValue();
    }

    private static ErrorReason refusal(ServerCallStreamObserver<SearchEventsResponse> observer) {
        ArgumentCaptor<Throwable> failure = ArgumentCaptor.forClass(Throwable.class);
        verify(observer, never()).onNext(any());
        verify(observer).onError(failure.capture());
        return ErrorReason.of(failure.getValue()).orElseThrow();
    }

    @Test
    void callThatLooksAtManyEventsIsContinuedByTheNext() {
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
    void whatTheIndexDoesNotKnowYetComesFirst() {
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
    void indexThatKnowsEverythingLeavesNothingToLookAt() {
        say(1000, "needle");
        MessageIndex index = (query, before, limit) -> new MessageIndex.Found(List.of(), 1000, 0);
        assertThat(answer(index, "").getEventsList()).isEmpty();
    }

    @Test
    void failureIsRefusedWithAReason() {
        MessageIndex broken = (query, before, limit) -> {
            throw new IllegalStateException("the disk is gone");
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
