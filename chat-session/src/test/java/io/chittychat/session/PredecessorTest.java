package io.chittychat.session;

import static io.chittychat.session.FakeChatService.error;
import static io.chittychat.session.FakeChatService.errorForNow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.session.FakeChatService.Fault;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.PublishRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each publish names the newest one that the service has acknowledged in its session. */
class PredecessorTest {

    private final FakeChatService service = new FakeChatService();
    private final Queue<Optional<Fault>> faults = new ConcurrentLinkedQueue<>();
    private InProcess grpc;
    private ChatSession session;

    @BeforeEach
    void join() throws Exception {
        grpc = InProcess.start(service);
        session = ChatSession.builder(grpc.channel())
                .settings(new SessionSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        new Backoff(Duration.ofMillis(1), Duration.ofMillis(4)),
                        true))
                .build();
        get(session.join("alice"));
        service.faults(() -> Optional.ofNullable(faults.poll()).flatMap(fault -> fault));
    }

    @AfterEach
    void stop() {
        session.close();
        grpc.close();
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private Throwable failure(String text) {
        return session.publish(text)
                .handle((published, failure) -> failure)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** The sequences of the requests, each with its predecessor's. */
    private List<String> requests() {
        return service.publishes.stream()
                .map(request -> request.getPreviousSequence() + "<" + request.getSequence())
                .toList();
    }

    private List<String> said() {
        return service.log().stream()
                .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                .map(Event::getText)
                .toList();
    }

    private static Fault refused(ErrorReason reason) {
        return new Fault(false, error(reason));
    }

    @Test
    void eachNamesTheOneBeforeItAndRepeatsNameTheSame() {
        faults.add(Optional.empty());
        faults.add(Optional.of(new Fault(true, Status.UNAVAILABLE.asRuntimeException())));
        faults.add(Optional.of(new Fault(false, errorForNow(ErrorReason.RATE_LIMITED, Duration.ofMillis(2)))));
        List.of("one", "two", "three").forEach(text -> get(session.publish(text)));
        assertThat(service.publishes).allMatch(PublishRequest::hasPreviousSequence);
        assertThat(requests()).containsExactly("0<1", "1<2", "1<2", "1<2", "2<3");
        assertThat(said()).containsExactly("one", "two", "three");
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT_TOO_LONG", "SEQUENCE_FORGOTTEN", "LOG_DAMAGED"})
    void oneThatWasNotAcknowledgedIsNotNamed(ErrorReason reason) {
        get(session.publish("one"));
        faults.add(Optional.of(refused(reason)));
        assertThat(failure("two")).isInstanceOf(ChatException.class);
        get(session.publish("three"));
        get(session.publish("four"));
        assertThat(requests()).containsExactly("0<1", "1<2", "1<3", "3<4");
        assertThat(said()).containsExactly("one", "three", "four");
    }

    @Test
    void newSessionHasNoPredecessor() {
        get(session.publish("one"));
        service.expire("alice");
        get(session.publish("two"));
        get(session.publish("three"));
        assertThat(said()).containsExactly("one", "two", "three");
        assertThat(requests()).endsWith("0<1", "1<2");
    }

    @Test
    void resumedStreamChangesNothing() {
        get(session.publish("one"));
        service.endStreams(Status.UNAVAILABLE.asRuntimeException());
        await().until(() -> service.broadcasts.size() == 2);
        get(session.publish("two"));
        assertThat(requests()).containsExactly("0<1", "1<2");
    }

    @Test
    void lossOfWhatWasAcknowledgedDoesNotBlockTheRest() {
        get(session.publish("one"));
        service.forgetPublishesBefore("alice", Long.MAX_VALUE);
        List<CompletableFuture<Published>> rest =
                List.of("two", "three").stream().map(session::publish).toList();
        assertThat(get(rest.get(0)).sequence()).isEqualTo(2);
        assertThat(get(rest.get(1)).sequence()).isEqualTo(3);
        assertThat(requests()).containsExactly("0<1", "1<2", "0<2", "2<3");
        assertThat(said()).containsExactly("one", "two", "three");
    }

    @Test
    void gapWithoutAPredecessorIsARefusal() {
        faults.add(Optional.of(refused(ErrorReason.SEQUENCE_GAP)));
        assertThat(failure("one"))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REFUSED));
        get(session.publish("two"));
        assertThat(requests()).containsExactly("0<1", "0<2");
    }

    @Test
    void gapAfterAnUnknownAttemptLeavesItUnknown() {
        faults.add(Optional.of(new Fault(false, Status.UNAVAILABLE.asRuntimeException())));
        faults.add(Optional.of(refused(ErrorReason.SEQUENCE_GAP)));
        assertThat(failure("one"))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NO_ANSWER));
    }

    @Test
    void serviceThatDoesNotKnowTheFieldTakesAll() {
        service.ignorePredecessors();
        List.of("one", "two").forEach(text -> get(session.publish(text)));
        service.forgetPublishesBefore("alice", Long.MAX_VALUE);
        get(session.publish("three"));
        assertThat(requests()).containsExactly("0<1", "1<2", "2<3");
    }
}
