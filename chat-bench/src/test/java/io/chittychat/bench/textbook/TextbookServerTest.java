package io.chittychat.bench.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TextbookServerTest {

    private TextbookServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server = TextbookServer.start(0);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void everybodySeesTheSameOrder() {
        String alice = join("alice");
        Recorder first = broadcast(alice);
        String bob = join("bob");
        Recorder second = broadcast(bob);
        String carol = join("carol");
        Recorder third = broadcast(carol);

        CompletableFuture<?> a = CompletableFuture.runAsync(() -> publish(alice, 50));
        CompletableFuture<?> b = CompletableFuture.runAsync(() -> publish(bob, 50));
        CompletableFuture.allOf(a, b, CompletableFuture.runAsync(() -> publish(carol, 50)))
                .join();

        await().until(() -> first.events.size() == 153 && second.events.size() == 152 && third.events.size() == 151);
        assertThat(first.events).extracting(Event::getLamportTime).isSorted().doesNotHaveDuplicates();
        assertThat(first.events.subList(1, 153)).isEqualTo(second.events);
        assertThat(first.events.subList(2, 153)).isEqualTo(third.events);
    }

    @Test
    void joiningAndLeavingIsSaid() {
        String alice = join("alice");
        Recorder events = broadcast(alice);
        leave(join("bob"));

        await().until(() -> events.events.size() == 3);
        assertThat(events.events)
                .extracting(Event::getText)
                .containsExactly(
                        "Participant alice joined Chitty-Chat at Lamport time 2",
                        "Participant bob joined Chitty-Chat at Lamport time 4",
                        "Participant bob left Chitty-Chat at Lamport time 5");
        leave(alice);
        await().untilAsserted(() -> assertThat(events.completed).isCompleted());
    }

    @Test
    void streamAnswersInOrderAndGoesOnAfterARefusal() {
        Recorder events = broadcast(join("reader"));
        String alice = join("alice");
        List<PublishResponse> replies = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> completed = new CompletableFuture<>();
        StreamObserver<PublishRequest> requests =
                ChatServiceGrpc.newStub(channel).publishStream(observer(replies::add, completed));
        requests.onNext(said("one", 1).setSessionToken(alice).build());
        requests.onNext(said(" ", 2).build());
        requests.onNext(said("three", 3).build());
        requests.onCompleted();

        await().untilAsserted(() -> assertThat(completed).isCompleted());
        assertThat(replies).extracting(PublishResponse::getSequence).containsExactly(1L, 2L, 3L);
        assertThat(replies).extracting(PublishResponse::hasError).containsExactly(false, true, false);
        await().until(() -> events.events.size() == 4);
        assertThat(events.events).extracting(Event::getText).endsWith("one", "three");
    }

    @Test
    void nameIsTakenUntilItsOwnerIsGone() {
        String alice = join("alice");
        assertThatThrownBy(() -> join("alice")).isInstanceOf(StatusRuntimeException.class);
        leave(alice);
        assertThat(join("alice")).isNotEqualTo(alice);
    }

    private String join(String name) {
        JoinRequest request = JoinRequest.newBuilder()
                .setParticipantName(name)
                .setLamportTime(1)
                .build();
        return ChatServiceGrpc.newBlockingStub(channel).join(request).getSessionToken();
    }

    private void leave(String token) {
        ChatServiceGrpc.newBlockingStub(channel)
                .leave(LeaveRequest.newBuilder().setSessionToken(token).build());
    }

    private void publish(String token, int times) {
        IntStream.rangeClosed(1, times)
                .forEach(i -> ChatServiceGrpc.newBlockingStub(channel)
                        .publish(said("message " + i, i).setSessionToken(token).build()));
    }

    private static PublishRequest.Builder said(String text, long sequence) {
        return PublishRequest.newBuilder().setText(text).setSequence(sequence).setLamportTime(1);
    }

    /** Reads from now on: returns when the service has caught the reader up. */
    private Recorder broadcast(String token) {
        Recorder recorder = new Recorder();
        ChatServiceGrpc.newStub(channel)
                .broadcast(
                        BroadcastRequest.newBuilder().setSessionToken(token).build(),
                        observer(recorder::received, recorder.completed));
        recorder.caughtUp.join();
        return recorder;
    }

    /** What a participant receives. */
    private static final class Recorder {
        final List<Event> events = Collections.synchronizedList(new ArrayList<>());
        final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
        final CompletableFuture<Void> completed = new CompletableFuture<>();

        void received(BroadcastResponse response) {
            events.addAll(response.getEventsList());
            if (response.hasCaughtUp()) {
                caughtUp.complete(null);
            }
        }
    }

    private static <T> StreamObserver<T> observer(Consumer<T> messages, CompletableFuture<Void> completed) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T message) {
                messages.accept(message);
            }

            @Override
            public void onError(Throwable problem) {
                completed.completeExceptionally(problem);
            }

            @Override
            public void onCompleted() {
                completed.complete(null);
            }
        };
    }
}
