package io.chittychat.session;

import static io.chittychat.session.FakeChatService.error;
import static io.chittychat.session.FakeChatService.errorForNow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.session.FakeChatService.Fault;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that ends without a reason of the contract may have had an effect, so it is never reported as refused. */
@Execution(ExecutionMode.CONCURRENT)
class UnknownOutcomeTest {

    private static final String BUSY =
            "Connection closed after GOAWAY. HTTP/2 error code: ENHANCE_YOUR_CALM, debug data: too_many_pings";

    private final FakeChatService service = new FakeChatService();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private InProcess grpc;
    private ChatSession session;

    @BeforeEach
    void start() throws Exception {
        grpc = InProcess.start(service);
        session = ChatSession.builder(grpc.channel())
                .settings(new SessionSettings(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        new Backoff(Duration.ofMillis(1), Duration.ofMillis(4)),
                        false))
                .build();
        service.faults(() -> Optional.ofNullable(faults.poll()));
    }

    @AfterEach
    void stop() {
        session.close();
        grpc.close();
    }

    static List<StatusRuntimeException> endsWithoutAReason() {
        return List.of(
                Status.UNKNOWN.withDescription("channel closed").asRuntimeException(),
                Status.INTERNAL
                        .withDescription("RST_STREAM closed stream. HTTP/2 error code: INTERNAL_ERROR")
                        .asRuntimeException(),
                Status.UNAVAILABLE.withDescription("io exception").asRuntimeException(),
                Status.DEADLINE_EXCEEDED.asRuntimeException(),
                Status.CANCELLED
                        .withDescription("RST_STREAM closed stream. HTTP/2 error code: CANCEL")
                        .asRuntimeException(),
                Status.ABORTED.asRuntimeException(),
                Status.DATA_LOSS.asRuntimeException(),
                Status.RESOURCE_EXHAUSTED.withDescription(BUSY).asRuntimeException(),
                errorForNow(ErrorReason.LOG_UNAVAILABLE, Duration.ofMillis(1)),
                errorForNow(ErrorReason.SHUTTING_DOWN, Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @MethodSource("endsWithoutAReason")
    void everyCallIsRepeatedAndDoneOnce(StatusRuntimeException end) {
        List<Fault> each = List.of(new Fault(true, end), new Fault(false, end), new Fault(true, end));

        faults.addAll(each);
        get(session.join("alice"));
        faults.addAll(each);
        get(session.publish("once"));
        faults.addAll(each);
        assertThat(get(session.participants())).hasSize(1);
        faults.addAll(each);
        get(session.leave());

        assertThat(service.log().stream().map(Event::getType))
                .containsExactly(
                        EventType.EVENT_TYPE_JOINED, EventType.EVENT_TYPE_PUBLISHED, EventType.EVENT_TYPE_LEFT);
    }

    @ParameterizedTest
    @MethodSource("endsWithoutAReason")
    void callThatIsNeverAnsweredIsReportedAsUnknown(StatusRuntimeException end) {
        get(session.join("alice"));
        service.faults(() -> Optional.of(new Fault(true, end)));

        assertThat(failure(session.publish("once")).problem()).isEqualTo(Problem.NO_ANSWER);
        assertThat(published()).containsExactly("once");
    }

    @Test
    void refusalOfARepetitionLeavesTheFirstAttemptUnknown() {
        get(session.join("alice"));
        Map<StatusRuntimeException, String> refusals = new LinkedHashMap<>();
        refusals.put(Status.PERMISSION_DENIED.asRuntimeException(), "a proxy");
        refusals.put(Status.UNIMPLEMENTED.asRuntimeException(), "another service");
        refusals.put(error(ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD), "a service with a younger clock");
        refusals.put(errorForNow(ErrorReason.RATE_LIMITED, Duration.ofMillis(999)), "the edge, beyond the deadline");
        refusals.forEach((refusal, said) -> {
            service.faults(() -> Optional.of(
                    published().contains(said)
                            ? new Fault(false, refusal)
                            : new Fault(true, Status.UNKNOWN.asRuntimeException())));

            assertThat(failure(session.publish(said)).problem()).as(said).isEqualTo(Problem.NO_ANSWER);
        });
        assertThat(published()).containsExactlyElementsOf(refusals.values());
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {
                "INVALID_ARGUMENT",
                "UNAUTHENTICATED",
                "PERMISSION_DENIED",
                "NOT_FOUND",
                "ALREADY_EXISTS",
                "FAILED_PRECONDITION",
                "OUT_OF_RANGE",
                "UNIMPLEMENTED",
                "RESOURCE_EXHAUSTED"
            })
    void callThatTheTransportRefusesForGoodIsNotRepeated(Status.Code code) {
        get(session.join("alice"));
        int before = service.publishes.size();
        service.faults(() -> Optional.of(new Fault(
                false,
                code.toStatus()
                        .withDescription("gRPC message exceeds maximum size 4096: 5000")
                        .asRuntimeException())));

        assertThat(failure(session.publish("hello")).problem())
                .isEqualTo(
                        switch (code) {
                            case UNIMPLEMENTED -> Problem.NOT_SUPPORTED;
                            case RESOURCE_EXHAUSTED -> Problem.NO_ANSWER; // perhaps the reply was too large
                            default -> Problem.REFUSED;
                        });
        assertThat(service.publishes).hasSize(before + 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorReason.class,
            names = {"STORE_FULL", "RATE_LIMITED", "ROOM_FULL"})
    void limitIsWaitedFor(ErrorReason limit) {
        Fault full = new Fault(false, errorForNow(limit, Duration.ofMillis(20)));
        faults.addAll(List.of(full, full));
        get(session.join("alice"));
        faults.addAll(List.of(full, full));
        get(session.publish("hello"));

        assertThat(published()).containsExactly("hello");
    }

    @Test
    void limitThatDoesNotPassIsARefusal() {
        get(session.join("alice"));
        service.faults(
                () -> Optional.of(new Fault(false, errorForNow(ErrorReason.STORE_FULL, Duration.ofMillis(100)))));

        ChatException failure = failure(session.publish("hello"));
        assertThat(failure.problem()).isEqualTo(Problem.REFUSED);
        assertThat(failure.reason()).contains(ErrorReason.STORE_FULL);
        assertThat(published()).isEmpty();
    }

    @Test
    void messagesArePublishedOnceAndInOrderWhateverEndsTheCalls() {
        get(session.join("alice"));
        List<StatusRuntimeException> ends = endsWithoutAReason();
        for (long seed = 1; seed <= 12; seed++) {
            RandomGenerator random = new java.util.Random(seed);
            service.faults(() -> random.nextInt(3) == 0
                    ? Optional.empty()
                    : Optional.of(new Fault(random.nextBoolean(), ends.get(random.nextInt(ends.size())))));
            int before = published().size();
            List<String> texts =
                    IntStream.range(0, 10).mapToObj(Integer::toString).toList();
            List<CompletableFuture<Published>> said =
                    texts.stream().map(session::publish).toList();
            List<String> certain = new ArrayList<>();
            for (int i = 0; i < said.size(); i++) {
                if (isKnown(said.get(i))) {
                    certain.add(texts.get(i));
                }
            }
            List<String> heard = published().subList(before, published().size());
            assertThat(heard)
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates()
                    .isSorted()
                    .containsAll(certain);
        }
    }

    private static boolean isKnown(CompletableFuture<Published> said) {
        await().atMost(Duration.ofSeconds(60)).until(said::isDone);
        if (!said.isCompletedExceptionally()) {
            return true;
        }
        assertThat(failure(said).problem()).isIn(Problem.NO_ANSWER, Problem.UNREACHABLE);
        return false;
    }

    private List<String> published() {
        return service.log().stream()
                .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                .map(Event::getText)
                .toList();
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static ChatException failure(CompletableFuture<?> future) {
        ChatException[] failure = new ChatException[1];
        assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(ChatException.class, e -> failure[0] = e);
        return failure[0];
    }
}
