package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.session.ChatException.Problem;
import io.chittychat.session.FakeChatService.Fault;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that the service no longer knows is replaced, and the messages sent meanwhile are published once. */
class RejoinTest {

    private static final Duration PUBLISH_DEADLINE = Duration.ofSeconds(2);

    private final FakeChatService service = new FakeChatService();
    private final RecordingListener heard = new RecordingListener();
    private InProcess grpc;
    private ChatSession session;

    @BeforeEach
    void start() throws Exception {
        grpc = InProcess.start(service);
        session = ChatSession.builder(grpc.channel())
                .settings(new SessionSettings(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        PUBLISH_DEADLINE,
                        new Backoff(Duration.ofMillis(2), Duration.ofMillis(20)),
                        true))
                .listener(heard)
                .build();
        get(session.join("alice"));
        await().until(() -> heard.states.contains(ConnectionState.LIVE));
    }

    @AfterEach
    void stop() {
        session.close();
        grpc.close();
    }

    @Test
    void expiredSessionIsReplacedAndNothingIsMissed() {
        long seen = service.log().get(0).getLamportTime();
        synchronized (service) { // so that the new session begins after these events
            service.expire("alice");
            service.say("bob", "meanwhile");
        }

        await().until(() -> heard.states.contains(ConnectionState.RESUMED));
        assertThat(heard.events).isEqualTo(service.log());
        assertThat(heard.texts()).contains("meanwhile");
        assertThat(heard.events.get(3).getType()).isEqualTo(EventType.EVENT_TYPE_JOINED);
        assertThat(heard.rejoins)
                .singleElement()
                .satisfies(after ->
                        assertThat(after).isBetween(seen, heard.events.get(1).getLamportTime() - 1));
        assertThat(heard.missed).isEmpty();
        assertThat(heard.ends).isEmpty();
        assertThat(heard.states)
                .containsExactly(
                        ConnectionState.CONNECTING,
                        ConnectionState.LIVE,
                        ConnectionState.LOST,
                        ConnectionState.RESUMED);
    }

    @Test
    void sessionThatExpiresBeforeAnythingWasReceivedIsReadFromItsJoin() {
        get(session.leave());
        heard.events.clear();
        service.beforeNextBroadcast(() -> {
            service.expire("alice");
            service.say("bob", "meanwhile");
        });
        long joined = get(session.join("alice")).lamportTime();

        await().until(() -> heard.states.contains(ConnectionState.RESUMED));
        assertThat(heard.events.get(0).getLamportTime()).isEqualTo(joined);
        assertThat(heard.texts()).contains("meanwhile");
        assertThat(heard.rejoins).containsExactly(joined - 1);
    }

    @Test
    void messagesSentMeanwhileArePublishedOnceAndInOrder() {
        service.expire("alice");
        List<CompletableFuture<Published>> said =
                Stream.of("a", "b", "c", "d").map(session::publish).toList();

        said.forEach(RejoinTest::get);
        assertThat(published()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void messageThatTheOldSessionPublishedIsNotPublishedAgain() {
        service.afterNextPublish(() -> {
            service.loseReplies(1);
            service.expire("alice");
        });
        CompletableFuture<Published> first = session.publish("once");
        CompletableFuture<Published> second = session.publish("twice");

        get(second);
        assertThat(published()).containsExactly("once", "twice");
        assertThat(get(first).lamportTime()).isEqualTo(timeOf("once"));
    }

    @Test
    void takenNameEndsTheSession() {
        synchronized (service) {
            service.expire("alice");
            service.join(JoinRequest.newBuilder().setParticipantName("alice").build(), new IgnoredReplies<>());
        }

        await().until(() -> !heard.ends.isEmpty());
        assertThat(heard.ends).containsExactly(SessionEnd.Reason.NAME_TAKEN);
        assertThat(problem(session.publish("hello"))).isEqualTo(Problem.NOT_JOINED);
        get(session.join("alice2"));
    }

    @Test
    void newLogIsReadFromTheNewSessionsJoin() {
        synchronized (service) {
            service.beginNewEpoch("epoch-2");
            service.forgetSessions();
        }
        service.say("bob", "before");
        assertThat(get(session.publish("hello")).sequence()).isEqualTo(1);

        await().until(() -> heard.rejoins.contains(0L) && heard.texts().contains("hello"));
        assertThat(heard.texts()).doesNotContain("before");
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void messageThatTheEndedLogMayHaveIsNotPublishedInTheNewOne() {
        service.afterNextPublish(() -> {
            service.loseReplies(1);
            service.beginNewEpoch("epoch-2");
            service.forgetSessions();
        });
        service.silenceStreams();
        CompletableFuture<Published> underWay = session.publish("perhaps");
        CompletableFuture<Published> waiting = session.publish("surely");

        assertThat(problem(underWay)).isEqualTo(Problem.NO_ANSWER);
        get(waiting);
        assertThat(published()).containsExactly("surely");
    }

    @Test
    void participantMayLeaveWhileTheServiceIsAway() {
        service.loseReplies(Integer.MAX_VALUE);
        service.expire("alice");
        await().until(() -> heard.states.contains(ConnectionState.LOST));

        get(session.leave());
        assertThat(heard.ends).containsExactly(SessionEnd.Reason.LEFT);
    }

    @Test
    void participantLeavesTheNewSessionBeforeItHasCaughtUp() {
        synchronized (service) {
            refuseBroadcasts();
            service.expire("alice");
        }
        await().until(() -> !heard.rejoins.isEmpty());

        get(session.leave());
        assertThat(heard.ends).containsExactly(SessionEnd.Reason.LEFT);
        assertThat(service.log().stream().filter(event -> event.getType() == EventType.EVENT_TYPE_LEFT))
                .hasSize(2);
    }

    @Test
    void messageThatCannotBePublishedInTimeIsReported() {
        grpc.server().shutdownNow();
        await().until(() -> heard.states.contains(ConnectionState.LOST));
        CompletableFuture<Published> said = session.publish("hello");

        assertThat(problem(said)).isIn(Problem.UNREACHABLE, Problem.NO_ANSWER);
    }

    @Test
    void brokenStreamOfAnUnknownSessionIsReplaced() {
        service.forgetSessions(); // as after a restart that lost them
        service.endStreams(Status.UNAVAILABLE.asRuntimeException());

        get(session.publish("back"));
        assertThat(published()).containsExactly("back");
    }

    @Test
    void sessionThatIsLostAgainBeforeItIsReadIsReplaced() {
        service.beforeNextBroadcast(() -> service.expire("alice"));
        service.expire("alice");

        get(session.publish("back"));
        assertThat(published()).containsExactly("back");
        assertThat(heard.events).isEqualTo(service.log());
    }

    @Test
    void newLogIsRememberedWhenTheNewSessionIsLostAsWell() {
        service.afterNextPublish(() -> {
            service.loseReplies(1);
            service.beginNewEpoch("epoch-2");
            service.forgetSessions();
            service.beforeNextBroadcast(() -> service.expire("alice"));
        });
        service.silenceStreams();
        CompletableFuture<Published> underWay = session.publish("perhaps");
        CompletableFuture<Published> waiting = session.publish("surely");

        assertThat(problem(underWay)).isEqualTo(Problem.NO_ANSWER);
        get(waiting);
        assertThat(published()).containsExactly("surely");
    }

    @Test
    void messageThatMayBeAmongMissedEventsIsNotPublishedAgain() {
        service.afterNextPublish(() -> service.keepFrom(service.say("bob", "later")));
        AtomicBoolean first = new AtomicBoolean(true);
        service.faults(() -> {
            boolean done = first.getAndSet(false);
            if (done) {
                service.endStreams(Status.UNAVAILABLE.asRuntimeException()); // it is resumed after the publish
            }
            return Optional.of(new Fault(done, Status.UNAVAILABLE.asRuntimeException()));
        });
        CompletableFuture<Published> underWay = session.publish("perhaps");
        await().until(() -> !heard.missed.isEmpty());
        synchronized (service) {
            service.faults(Optional::empty);
            service.expire("alice");
        }

        assertThat(problem(underWay)).isEqualTo(Problem.NO_ANSWER);
        get(session.publish("surely"));
        assertThat(published()).containsExactly("perhaps", "later", "surely");
    }

    @Test
    void messageThatWasReceivedIsPublishedWhenTheSessionIsClosed() {
        service.faults(() -> Optional.of(new Fault(true, Status.UNAVAILABLE.asRuntimeException())));
        CompletableFuture<Published> said = session.publish("once");
        await().until(() -> heard.texts().contains("once"));
        session.close();

        assertThat(get(said).lamportTime()).isEqualTo(timeOf("once"));
    }

    @Test
    void messageThatWasReceivedIsPublishedAlthoughThereIsNoNewSession() {
        service.faults(() -> Optional.of(new Fault(true, Status.UNAVAILABLE.asRuntimeException())));
        CompletableFuture<Published> said = session.publish("once");
        await().until(() -> heard.texts().contains("once"));
        synchronized (service) {
            service.faults(() -> Optional.of(new Fault(false, Status.UNAVAILABLE.asRuntimeException())));
            service.expire("alice");
        }

        assertThat(get(said).lamportTime()).isEqualTo(timeOf("once"));
    }

    @Test
    void messageThatIsReceivedAfterItsSessionIsPublishedAlthoughTheNewOneIsNotReadOn() {
        service.silenceStreams();
        service.afterNextPublish(() -> {
            service.loseReplies(1);
            service.expire("alice");
            service.breakNextBroadcastAfter(1, this::refuseBroadcasts);
        });
        CompletableFuture<Published> said = session.publish("once");

        assertThat(get(said).lamportTime()).isEqualTo(timeOf("once"));
    }

    private void refuseBroadcasts() {
        service.beforeNextBroadcast(this::refuseBroadcasts);
        service.refuseNextBroadcast(Status.UNAVAILABLE.asRuntimeException());
    }

    private long timeOf(String text) {
        return service.log().stream()
                .filter(event -> event.getText().equals(text))
                .findFirst()
                .orElseThrow()
                .getLamportTime();
    }

    @Test
    void messageOfAnotherParticipantOfThatNameIsNotTakenForOnesOwn() {
        service.faults(() -> {
            service.faults(Optional::empty);
            service.expire("alice");
            sayAsAnother("alice", "hello");
            service.breakNextBroadcastAfter(1, () -> service.expire("alice")); // after the left event
            return Optional.of(new Fault(false, Status.UNAVAILABLE.asRuntimeException()));
        });
        long own = get(session.publish("hello")).lamportTime();

        assertThat(service.log().stream()
                        .filter(event -> event.getText().equals("hello"))
                        .map(Event::getLamportTime))
                .hasSize(2)
                .endsWith(own);
    }

    @Test
    void messageOfAnotherParticipantOfThatNameAfterMissedEventsIsNotTakenForOnesOwn() {
        service.faults(() -> {
            service.faults(Optional::empty);
            service.expire("alice");
            service.keepFrom(service.say("bob", "later")); // the left event is gone
            sayAsAnother("alice", "hello");
            return Optional.of(new Fault(false, Status.UNAVAILABLE.asRuntimeException()));
        });

        assertThat(problem(session.publish("hello"))).isEqualTo(Problem.NO_ANSWER);
    }

    private void sayAsAnother(String name, String text) {
        CompletableFuture<JoinResponse> joined = new CompletableFuture<>();
        service.join(JoinRequest.newBuilder().setParticipantName(name).build(), new IgnoredReplies<>() {
            @Override
            public void onNext(JoinResponse reply) {
                joined.complete(reply);
            }
        });
        String token = get(joined).getSessionToken();
        service.publish(
                PublishRequest.newBuilder()
                        .setSessionToken(token)
                        .setSequence(1)
                        .setText(text)
                        .build(),
                new IgnoredReplies<>());
        service.leave(LeaveRequest.newBuilder().setSessionToken(token).build(), new IgnoredReplies<>());
    }

    private List<String> published() {
        return service.log().stream()
                .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                .map(Event::getText)
                .toList();
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Problem problem(CompletableFuture<?> future) {
        ChatException[] failure = new ChatException[1];
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(ChatException.class, e -> failure[0] = e);
        return failure[0].problem();
    }
}
