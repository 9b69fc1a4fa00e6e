package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.cluster.Brokers;
import io.chittychat.cluster.Listener;
import io.chittychat.error.ErrorReason;
import io.chittychat.process.Children;
import io.chittychat.process.Loopback;
import io.chittychat.process.Relay;
import io.chittychat.server.log.cluster.ClusterLog;
import io.chittychat.server.log.kafka.ProduceGate;
import io.chittychat.session.ChatSession;
import io.chittychat.session.Published;
import io.chittychat.session.ServiceAddresses;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.PublishRequest;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes, one of which reaches the broker over a line that fails, and their clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutOffNodeIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Children children = new Children();
    private final ProduceGate requests = new ProduceGate();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Relay line;
    private KafkaNode cut;
    private KafkaNode whole;

    @BeforeAll
    void start() {
        int port = Loopback.freePort();
        line = new Relay(Relay.onLoopback(port), requests::newCourse);
        open.add(line);
        Brokers brokers = Brokers.start(
                children,
                Path.of("../chat-cluster/target/lib"),
                Path.of("target/brokers/" + UUID.randomUUID()),
                1,
                List.of(new Listener("RELAYED", List.of(port), List.of(line.address()))));
        cut = node(line.address());
        whole = node(brokers.bootstrapServers());
    }

    private KafkaNode node(String brokers) {
        KafkaNode node = new KafkaNode(
                1,
                List.of(
                        "chitty.log.kafka.delivery-timeout=2s",
                        "chitty.log.kafka.node-timeout=3s", // longer than the delivery of a lost request
                        "chitty.session.resume-window=4s",
                        "spring.kafka.bootstrap-servers=" + brokers));
        open.add(node);
        return node;
    }

    @AfterAll
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        children.close();
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** What a participant has said, as a new participant at a node reads it. */
    private static List<String> said(KafkaNode node, String name) {
        return history(node).stream()
                .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                .filter(event -> event.getParticipant().equals(name))
                .map(Event::getText)
                .toList();
    }

    private static List<Event> history(KafkaNode node) {
        return await().atMost(BOUND)
                .ignoreException(StatusRuntimeException.class)
                .until(
                        () -> {
                            Participant reader = Participant.join(node.channel, ChatContract.name());
                            List<Event> events = reader.history(0);
                            reader.leave();
                            return events;
                        },
                        events -> true);
    }

    @Test
    void lostRequestIsRepeatedByClientsAndEachMessageIsSaidOnceInOrder() {
        ChatSession alice = ChatSession.builder(cut.channel).build();
        open.add(alice);
        get(alice.join("alice"));
        Participant bob = Participant.join(cut.channel, "bob");
        bob.listen();
        PublishStreamClient stream = new PublishStreamClient(cut.channel);
        List<PublishRequest> messages = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> bob.message("bob says " + i)
                        .setSequence(i)
                        .setPreviousSequence(i - 1)
                        .build())
                .toList();
        long before = givenUp();

        requests.swallow("bob says 1");
        for (PublishRequest message : messages) {
            stream.send(message);
            await().atMost(BOUND) // an entry of its own
                    .until(() -> requests.count(message.getText()) > 0 || givenUp() > before);
        }
        List<CompletableFuture<Published>> told = List.of("alice says 1", "alice says 2").stream()
                .map(alice::publish)
                .toList();
        assertThat(stream.replies(3).stream().map(reply -> ErrorReason.of(reply.getError())))
                .allMatch(reason -> reason.equals(Optional.of(ErrorReason.LOG_UNAVAILABLE)));
        told.forEach(CutOffNodeIT::get);
        assertThat(givenUp()).isEqualTo(before + 1);
        assertThat(said(whole, "bob")).isEmpty();

        for (PublishRequest message : messages) {
            Participant.calls(whole.channel).publish(message);
        }
        for (KafkaNode node : List.of(cut, whole)) {
            assertThat(said(node, "bob")).containsExactly("bob says 1", "bob says 2", "bob says 3");
            assertThat(said(node, "alice")).containsExactly("alice says 1", "alice says 2");
        }
        bob.leave();
        get(alice.leave());
    }

    private long givenUp() {
        return cut.context.getBean(ClusterLog.class).givenUp();
    }

    @Test
    void nodeThatWasCutOffEndsItsStreamsAndServesAgainAfterwards() {
        Relay second = new Relay(Relay.onLoopback(whole.port), () -> new Relay.Course() {});
        open.add(second);
        second.refuse(); // so that carol begins at the other node, however slow that is
        ServiceAddresses addresses = ServiceAddresses.inOrder("127.0.0.1:" + cut.port + "," + second.address());
        ManagedChannel channel =
                addresses.channel(InsecureChannelCredentials.create()).build();
        ChatSession carol = ChatSession.builder(channel, addresses).build();
        open.add(channel::shutdownNow);
        open.add(carol);
        get(carol.join("carol"));
        await().atMost(BOUND).until(() -> carol.address().isPresent());
        assertThat(carol.address()).hasValue("127.0.0.1:" + cut.port);
        second.open();
        Participant dave = Participant.join(cut.channel, "dave");
        Participant.Inbox inbox = dave.listen().caughtUp();

        line.refuse();
        List<CompletableFuture<Published>> told = IntStream.range(0, 5)
                .mapToObj(i -> carol.publish("carol says " + i))
                .toList();
        assertThat(ErrorReason.of(inbox.awaitError())).contains(ErrorReason.NODE_LOST);
        told.forEach(CutOffNodeIT::get);
        assertThat(carol.address()).hasValue(second.address());
        ClusterLog log = cut.context.getBean(ClusterLog.class);
        assertThat(log.problem()).isPresent();
        await().atMost(BOUND)
                .until(() -> history(whole).stream()
                        .anyMatch(event -> event.getType() == EventType.EVENT_TYPE_LEFT
                                && event.getParticipant().equals("dave")));

        line.open();
        await().atMost(BOUND).until(() -> log.problem().isEmpty());
        get(carol.publish("carol says more"));
        for (KafkaNode node : List.of(cut, whole)) {
            assertThat(said(node, "carol"))
                    .containsExactly(
                            "carol says 0",
                            "carol says 1",
                            "carol says 2",
                            "carol says 3",
                            "carol says 4",
                            "carol says more");
            assertThat(history(node).stream()
                            .filter(event -> event.getParticipant().equals("dave")))
                    .extracting(Event::getType)
                    .containsExactly(EventType.EVENT_TYPE_JOINED, EventType.EVENT_TYPE_LEFT);
            assertThat(history(node).stream()
                            .filter(event -> event.getParticipant().equals("carol")))
                    .extracting(Event::getType)
                    .doesNotContain(EventType.EVENT_TYPE_LEFT);
        }
        get(carol.leave());
    }
}
