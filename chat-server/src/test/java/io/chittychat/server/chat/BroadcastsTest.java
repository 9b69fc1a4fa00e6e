package io.chittychat.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.chittychat.server.access.Admission;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.rate.RateLimiter;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.Turn;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.CatchUp;
import io.chittychat.server.timeline.History;
import io.chittychat.server.timeline.MessageIndex;
import io.chittychat.server.timeline.MessageSearch;
import io.chittychat.server.timeline.Slice;
import io.chittychat.server.timeline.Timeline;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.BroadcastRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broadcasts whose caller goes away while they begin, step by step; the test's thread is the room thread. */
class BroadcastsTest {

    private static final String TOKEN = "alice's";

    private final ParticipantRegistry participants = new ParticipantRegistry();
    private final LamportClock clock = new LamportClock();
    private final Room room = new Room(clock, participants, new Room.Limits(10, Duration.ofSeconds(5)));
    private final Timeline timeline = new Timeline(0, 1 << 20);
    private final Thread roomThread = Thread.currentThread();
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
    private final ScheduledExecutorService loop = stepwise(ScheduledExecutorService.class, timers);
    private final Broadcaster broadcaster = stepwise(
            Broadcaster.class,
            new Broadcaster(timeline, new CatchUp(mock(Archive.class), Runnable::run), Duration.ofMinutes(1)));
    private final ServiceLog serviceLog = new ServiceLog(new CallMeters(new SimpleMeterRegistry()), false);
    private final List<Runnable> replies = new ArrayList<>(); // of applied commands, not delivered yet
    private final List<Event> batch = new ArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private Runnable cancel = () -> {};
    private int stepsUntilCancel = Integer.MAX_VALUE;

    @BeforeEach
    void join() {
        timers.setRemoveOnCancelPolicy(true); // as Netty's threads do
        Command.Join join =
                new Command.Join(ParticipantName.of("alice"), SessionTokens.sessionId(TOKEN), Optional.empty(), 0);
        submit(join, Reply.ignored());
        show();
    }

    @AfterEach
    void close() {
        broadcaster.close();
        loop.shutdownNow();
    }

    /** Wraps an object that the room thread uses, so that the caller can go away before each call of it. */
    private <T> T stepwise(Class<T> type, T real) {
        return mock(type, call -> {
            beforeStep();
            return call.getMethod().invoke(real, call.getArguments());
        });
    }

    private void beforeStep() {
        if (Thread.currentThread() == roomThread && stepsUntilCancel-- == 0) {
            cancel.run();
        }
    }

    private <R extends Result> void submit(Command<R> command, Reply<R> reply) {
        Outcome<R> outcome = room.apply(command, Turn.at(Instant.EPOCH));
        outcome.event().ifPresent(batch::add);
        replies.add(() -> outcome.passTo(reply));
    }

    /** Ends the batch: shows its events, then delivers its replies. */
    private void show() {
        beforeStep();
        timeline.append(List.copyOf(batch), room.lamportTime());
        batch.clear();
        while (!replies.isEmpty()) {
            replies.remove(0).run();
        }
    }

    private void broadcast() {
        broadcast(BroadcastRequest.getDefaultInstance());
    }

    private void broadcast(BroadcastRequest request) {
        EventSink sink = mock(EventSink.class);
        when(sink.isReady()).thenReturn(true);
        doAnswer(call -> cancel = call.getArgument(1)).when(sink).open(any(), any());
        doAnswer(call -> sent.add(text(call.getArgument(0)))).when(sink).send(any());
        SessionLeases leases = new SessionLeases(
                log(), mock(ScheduledExecutorService.class), () -> 0, Duration.ofSeconds(5), serviceLog);
        leases.open(SessionTokens.sessionId(TOKEN), SessionTokens.sessionId(TOKEN));
        Archive archive = mock(Archive.class);
        when(archive.reaches(anyLong())).thenReturn(true);
        History history = new History(timeline, archive);
        VisibleLog visible =
                new VisibleLog("epoch", history, broadcaster, new MessageSearch(history, MessageIndex.NONE));
        Gate gate = new Gate(
                mock(Admission.class),
                participants,
                new Gate.Rates(RateLimiter.unlimited(), RateLimiter.unlimited(), RateLimiter.unlimited()));
        new Broadcasts(log(), participants, visible, leases, gate, new Validation(clock), serviceLog)
                .open(SessionTokens.sessionId(TOKEN), request, sink, loop);
    }

    private static String text(Slice slice) {
        return new String(slice.bytes(), slice.offset(), slice.length(), StandardCharsets.UTF_8);
    }

    private CommandLog log() {
        return new CommandLog() {
            @Override
            public <R extends Result> void submit(Command<R> command, Reply<R> reply) {
                BroadcastsTest.this.submit(command, reply);
            }

            @Override
            public State state() {
                return State.OPEN;
            }

            @Override
            public void onFailure(Runnable listener) {}

            @Override
            public void close() {}
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void broadcastIsCleanedUpWhenItsCallerGoesAwayAtAnyStep(int steps) {
        broadcast();
        stepsUntilCancel = steps;
        show();
        if (stepsUntilCancel >= 0) {
            cancel.run();
        }
        show();

        assertThat(broadcaster.size()).isZero();
        assertThat(participants.find(SessionTokens.sessionId(TOKEN))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void endedBroadcastLeavesNoTimerOfItsHeartbeatBehind(int steps) throws Exception {
        com.google.protobuf.Duration hour =
                com.google.protobuf.Duration.newBuilder().setSeconds(3600).build();
        broadcast(BroadcastRequest.newBuilder().setHeartbeatInterval(hour).build());
        stepsUntilCancel = steps;
        show();
        if (stepsUntilCancel >= 0) {
            cancel.run();
        }
        show();
        timers.submit(() -> {}).get(); // after all that is under way

        await().untilAsserted(() -> assertThat(timers.getQueue()).isEmpty());
    }

    @Test
    void participantThatLeavesInTheBatchOfItsAttachReceivesTheMessagesBetween() {
        submit(new Command.Publish(SessionTokens.sessionId(TOKEN), "before", 0, 0), Reply.ignored());
        broadcast();
        submit(new Command.Publish(SessionTokens.sessionId(TOKEN), "after", 0, 0), Reply.ignored());
        submit(new Command.Leave(SessionTokens.sessionId(TOKEN), 0), Reply.ignored());
        show();

        await().until(() -> broadcaster.size() == 0);
        assertThat(String.join("", sent)).contains("before", "after").doesNotContain("left");
    }
}
