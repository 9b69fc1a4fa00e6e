package io.chittychat.session;

import static io.chittychat.session.FakeChatService.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.Participant;
import io.chittychat.v1.PublishRequest;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatSessionTest {

    private static final SessionSettings QUICK = new SessionSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            new Backoff(Duration.ofMillis(2), Duration.ofMillis(20)),
            false);

    private final FakeChatService service = new FakeChatService();
    private final RecordingListener heard = new RecordingListener();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private InProcess grpc;
    private ChatSession session;

    @BeforeEach
    void start() throws Exception {
        grpc = InProcess.start(service);
        session = ChatSession.builder(grpc.channel())
                .settings(QUICK)
                .listener(heard)
                .random(new Random(7))
                .logs((participant, onFailure) -> new ParticipantLog(
                        participant,
                        () -> Instant.parse("2026-11-21T10:50:39.123Z"),
                        new ParticipantLog.Lines() {
                            @Override
                            public void write(String line) {
                                logged.add(line);
                            }

                            @Override
                            public void close() {}
                        },
                        onFailure))
                .build();
    }

    @AfterEach
    void stop() {
        session.close();
        grpc.close();
    }

    @Test
    void newcomerReceivesItsOwnJoinFirst() {
        service.say("bob", "before");

        Joined joined = join("alice");

        assertThat(heard.texts()).containsExactly("Participant alice joined Chitty-Chat at Lamport time 2");
        assertThat(joined.lamportTime()).isEqualTo(2);
        assertThat(heard.states).containsExactly(ConnectionState.CONNECTING, ConnectionState.LIVE);
    }

    @Test
    void clockIsPastEveryTimeReceived() {
        join("alice");
        service.clockAt(1000);
        service.say("bob", "hello");

        await().until(() -> heard.events.size() == 2);
        assertThat(heard.clocks.get(1)).isEqualTo(1002);
        assertThat(session.clock()).isEqualTo(1002);
    }

    @Test
    void newcomerToAnOldLogBelievesItsTime() {
        service.clockAt(50_000_000);

        Joined joined = join("alice");

        assertThat(session.clock()).isGreaterThan(joined.lamportTime());
    }

    @Test
    void publishesKeepTheirOrder() {
        join("alice");
        List<CompletableFuture<Published>> replies =
                Stream.of("a", "b", "c", "d").map(session::publish).toList();

        replies.forEach(ChatSessionTest::get);
        await().until(() -> heard.events.size() == 5);
        assertThat(heard.texts().subList(1, 5)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void invalidTextIsRefusedWithoutAsking() {
        join("alice");
        long clock = session.clock();

        assertThat(failure(session.publish("x".repeat(129))).reason()).contains(ErrorReason.TEXT_TOO_LONG);
        assertThat(failure(session.publish(" \t")).reason()).contains(ErrorReason.TEXT_BLANK);
        assertThat(failure(session.publish("\ud800")).reason()).contains(ErrorReason.TEXT_NOT_UTF8);
        assertThat(service.publishes).isEmpty();
        assertThat(session.clock()).isEqualTo(clock);
    }

    @Test
    void invalidNameIsRefusedWithoutAsking() {
        assertThat(failure(session.join("a\nb")).reason()).contains(ErrorReason.NAME_INVALID);
        assertThat(service.joins).isEmpty();
    }

    @Test
    void takenNameIsReported() {
        service.join(JoinRequest.newBuilder().setParticipantName("alice").build(), new IgnoredReplies<>());

        assertThat(failure(session.join("alice")).reason()).contains(ErrorReason.NAME_TAKEN);
        join("bob");
    }

    @Test
    void lostJoinReplyIsAskedForUnderTheSameRequestId() {
        service.loseReplies(1);

        join("alice");

        assertThat(service.joins).hasSize(2);
        assertThat(service.joins.stream().map(JoinRequest::getRequestId).distinct())
                .hasSize(1);
        assertThat(service.joins.get(0).getRequestId()).isNotEmpty();
        assertThat(service.log()).hasSize(1);
    }

    @Test
    void lostPublishReplyGivesOneEvent() {
        join("alice");
        service.loseReplies(2);

        Published published = get(session.publish("once"));

        assertThat(service.publishes.stream().map(PublishRequest::getSequence)).containsExactly(1L, 1L, 1L);
        assertThat(service.publishes.stream().map(PublishRequest::getLamportTime))
                .doesNotHaveDuplicates();
        get(session.receivedUpTo(published.lamportTime()));
        assertThat(heard.texts().subList(1, heard.texts().size())).containsExactly("once");
    }

    @Test
    void publishThatIsNeverAnsweredFailsInTime() {
        join("alice");
        service.loseReplies(Integer.MAX_VALUE);

        assertThat(failure(session.publish("hello")).problem()).isEqualTo(Problem.NO_ANSWER);
    }

    @Test
    void brokenStreamIsResumedWithoutGapOrRepeat() {
        join("alice");
        get(session.publish("one"));
        await().until(() -> heard.events.size() == 2);
        service.endStreams(Status.UNAVAILABLE.asRuntimeException());
        get(session.publish("two"));
        service.say("bob", "three");

        await().until(() -> heard.states.contains(ConnectionState.RESUMED) && heard.events.size() == 4);
        assertThat(heard.events).isEqualTo(service.log());
        assertThat(heard.states)
                .containsExactly(
                        ConnectionState.CONNECTING,
                        ConnectionState.LIVE,
                        ConnectionState.LOST,
                        ConnectionState.RESUMED);
        assertThat(heard.missed).isEmpty();
        assertThat(service.broadcasts.get(1).getAfterLamportTime()).isGreaterThan(0);
    }

    @Test
    void slowReaderResumes() {
        join("alice");
        service.endStreams(error(ErrorReason.SLOW_READER));
        service.say("bob", "meanwhile");

        await().until(() -> heard.texts().contains("meanwhile"));
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void repeatedEventsAreDropped() {
        join("alice");
        service.refuseNextBroadcast(
                error(ErrorReason.RESUME_POINT_GONE, Map.of("oldest", "1"))); // sends all events again
        service.endStreams(Status.UNAVAILABLE.asRuntimeException());
        service.say("bob", "new");

        await().until(() -> heard.states.contains(ConnectionState.RESUMED) && heard.events.size() == 2);
        assertThat(heard.events).isEqualTo(service.log());
        assertThat(heard.missed).isEmpty();
    }

    @Test
    void goneResumePointIsReportedAndTheRestRead() {
        join("alice");
        long gone;
        long kept;
        synchronized (service) { // so that the resuming Broadcast comes after these events
            service.endStreams(Status.UNAVAILABLE.asRuntimeException());
            gone = service.say("bob", "gone");
            kept = service.say("bob", "kept");
            service.keepFrom(kept);
        }

        await().until(() -> heard.states.contains(ConnectionState.RESUMED));
        assertThat(heard.texts()).contains("kept").doesNotContain("gone");
        assertThat(heard.missed).containsExactly(heard.events.get(0).getLamportTime() + ".." + kept);
        assertThat(gone).isLessThan(kept);
    }

    @Test
    void supersededSessionStops() {
        join("alice");
        service.endStreams(error(ErrorReason.SUPERSEDED));

        await().until(() -> heard.ends.contains(SessionEnd.Reason.SUPERSEDED));
        assertThat(service.broadcasts).hasSize(1);
        assertThat(failure(session.publish("hello")).problem()).isEqualTo(Problem.NOT_JOINED);
    }

    @Test
    void unknownSessionEndsAndTheParticipantMayJoinAgain() {
        join("alice");
        service.forgetSessions();

        assertThat(failure(session.publish("hello")).reason()).contains(ErrorReason.SESSION_UNKNOWN);
        assertThat(heard.ends).containsExactly(SessionEnd.Reason.SESSION_UNKNOWN);
        join("alice");
        get(session.publish("back"));
    }

    @Test
    void newEpochStartsTheClockAnew() {
        service.clockAt(5000);
        join("alice");
        service.beginNewEpoch("epoch-2");
        service.endStreams(Status.UNAVAILABLE.asRuntimeException());

        await().until(() -> heard.ends.contains(SessionEnd.Reason.EPOCH_CHANGED));
        assertThat(session.clock()).isZero();
        service.forgetSessions();
        assertThat(join("alice").lamportTime()).isEqualTo(2);
    }

    @Test
    void joinOfANewLogWithAClockFarAheadOfItStartsTheClockAnew() {
        service.clockAt(50_000_000);
        join("alice");
        get(session.leave());
        service.beginNewEpoch("epoch-2");

        assertThat(join("alice").lamportTime()).isEqualTo(2);
    }

    @Test
    void leaveComesAfterEarlierPublishesAndEndsTheSession() {
        join("alice");
        session.publish("goodbye");
        get(session.leave());

        assertThat(service.log().stream().map(Event::getText))
                .containsExactly(
                        "Participant alice joined Chitty-Chat at Lamport time 2",
                        "goodbye",
                        "Participant alice left Chitty-Chat at Lamport time "
                                + service.log().get(2).getLamportTime());
        assertThat(heard.ends).containsExactly(SessionEnd.Reason.LEFT);
        assertThat(heard.states).last().isEqualTo(ConnectionState.CLOSED);
        assertThat(failure(session.leave()).problem()).isEqualTo(Problem.NOT_JOINED);
    }

    @Test
    void lostLeaveReplyIsNoFailure() {
        join("alice");
        service.loseReplies(1);

        get(session.leave());

        assertThat(heard.ends).containsExactly(SessionEnd.Reason.LEFT);
    }

    @Test
    void participantsAreReadPageByPage() {
        join("alice");
        service.join(JoinRequest.newBuilder().setParticipantName("bob").build(), new IgnoredReplies<>());

        assertThat(get(session.participants()).stream().map(Participant::getName))
                .containsExactly("alice", "bob");
        assertThat(get(session.events(0, 0)).events()).isEqualTo(service.log());
    }

    @Test
    void searchReadsPagesUntilThereIsEnough() {
        join("alice");
        Stream.of("red fox", "blue fox", "red fish", "red dog").forEach(text -> service.say("bob", text));

        assertThat(get(session.search("red", 2)).stream().map(Event::getText)).containsExactly("red dog", "red fish");
        assertThat(get(session.search("fox", 9)).stream().map(Event::getText)).containsExactly("blue fox", "red fox");
    }

    @Test
    void clockSaysWhatMovedIt() {
        join("alice");
        service.clockAt(100);
        service.say("bob", "hello");
        await().until(() -> heard.events.size() == 2);

        ClockReading reading = session.clockReading();
        assertThat(reading.time()).isEqualTo(102);
        assertThat(reading.lastTick()).contains(new ClockReading.Tick(4, "Broadcast"));
        assertThat(reading.lastReceipt()).contains(new ClockReading.Receipt(6, 101, 102, "an event of bob"));
    }

    @Test
    void closingFailsWhatIsOpen() {
        join("alice");
        CompletableFuture<Void> never = session.receivedUpTo(1_000_000);

        session.close();

        assertThat(failure(never).problem()).isEqualTo(Problem.SESSION_ENDED);
        assertThat(failure(session.publish("late")).problem()).isEqualTo(Problem.SESSION_ENDED);
    }

    @Test
    void everyCallAndEventIsLogged() {
        join("alice");
        get(session.receivedUpTo(get(session.publish("hello there")).lamportTime()));
        failure(session.publish(""));
        get(session.leave());

        String head = "time=2026-11-21T10:50:39.123Z participant=alice kind=";
        assertThat(logged.subList(0, 6))
                .containsExactly(
                        head + "send rpc=Join clock=1",
                        head + "reply rpc=Join outcome=OK lamport=2 clock=3 epoch=epoch-1",
                        head + "send rpc=Broadcast clock=4 after=0",
                        head + "receive rpc=Broadcast event=joined lamport=2 clock=5 from=alice sent=1"
                                + " text=\"Participant alice joined Chitty-Chat at Lamport time 2\"",
                        head + "receive rpc=Broadcast event=caught_up lamport=5 clock=6",
                        head + "send rpc=Publish clock=7 sequence=1 text=\"hello there\"");
        assertThat(logged.subList(6, 8))
                .anyMatch(line -> line.contains("kind=reply rpc=Publish outcome=OK lamport=8 clock="))
                .anyMatch(line -> line.contains("event=published lamport=8 clock="));
        assertThat(logged).anyMatch(line -> line.contains("kind=end rpc=Broadcast outcome=OK clock="));
    }

    private Joined join(String name) {
        Joined joined = get(session.join(name));
        await().until(() ->
                !heard.states.isEmpty() && heard.states.get(heard.states.size() - 1) == ConnectionState.LIVE);
        return joined;
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static ChatException failure(CompletableFuture<?> future) {
        ChatException[] failure = new ChatException[1];
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(e -> failure[0] = (ChatException) e.getCause());
        return failure[0];
    }
}
