package io.chittychat.server.log.cluster;

import static io.chittychat.server.log.cluster.RunningNode.get;
import static io.chittychat.server.log.cluster.RunningNode.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.cluster.Brokers;
import io.chittychat.cluster.Listener;
import io.chittychat.process.Children;
import io.chittychat.process.Loopback;
import io.chittychat.process.Relay;
import io.chittychat.server.log.kafka.KafkaLog;
import io.chittychat.server.log.kafka.ProduceGate;
import io.chittychat.server.log.kafka.TopicSettings;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Exactly one Produce request is lost between a node and its broker. What the node had sent behind it arrives late, as a producer
 * may do that is not closed in time: one entry before the node begins its next life, another one after that.
 */
class LostRequestIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration DELIVERY = Duration.ofSeconds(2);

    /** Long, so that nothing but the gap ends the node's life. */
    private static final Limits LIMITS = new Limits(10, Duration.ofSeconds(60), Duration.ofSeconds(60));

    private final Children children = new Children();
    private final ProduceGate requests = new ProduceGate();
    private final String topic = UUID.randomUUID().toString();
    private final List<AutoCloseable> open = new ArrayList<>();
    private String direct = "";
    private String relayed = "";

    @BeforeEach
    void start() {
        int port = Loopback.freePort();
        Relay line = new Relay(Relay.onLoopback(port), requests::newCourse);
        open.add(line);
        Listener relayedListener = new Listener("RELAYED", List.of(port), List.of(line.address()));
        Brokers brokers = Brokers.start(
                children,
                Path.of("../chat-cluster/target/lib"),
                Path.of("target/brokers/" + UUID.randomUUID()),
                1,
                List.of(relayedListener));
        direct = brokers.bootstrapServers();
        relayed = line.address();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        children.close();
    }

    private KafkaLog open(String brokers) {
        TopicSettings settings = new TopicSettings(topic, true, 1, 1, true, true, DELIVERY, BOUND);
        KafkaLog log = KafkaLog.open(settings, Map.of("bootstrap.servers", brokers));
        open.add(log);
        return log;
    }

    private RunningNode node(SharedLog shared, long id) {
        RunningNode node = new RunningNode(shared, id, FoldState.EMPTY, LIMITS);
        open.add(node);
        node.log.start();
        return node;
    }

    /** A connection of which a test delivers late what was given up. */
    private final class Lingering implements SharedLog {
        private final KafkaLog log = open(relayed);
        private final KafkaLog late = open(direct);
        private final List<byte[]> sent = new CopyOnWriteArrayList<>();
        private volatile CompletableFuture<Void> beforeNextLife = CompletableFuture.completedFuture(null);

        @Override
        public void send(byte[] value, Delivery delivery) {
            beforeNextLife.join();
            sent.add(value);
            log.send(value, delivery);
        }

        @Override
        public void giveUp() {
            beforeNextLife = deliver("second");
            log.giveUp();
        }

        /** Delivers an entry that was given up. */
        CompletableFuture<Void> deliver(String text) {
            CompletableFuture<Void> delivered = new CompletableFuture<>();
            byte[] value = sent.stream()
                    .filter(entry -> new String(entry, StandardCharsets.ISO_8859_1).contains(text))
                    .findFirst()
                    .orElseThrow();
            late.send(value, new Delivery() {
                @Override
                public void delivered() {
                    delivered.complete(null);
                }

                @Override
                public void lost(Exception cause) {
                    delivered.completeExceptionally(cause);
                }
            });
            return delivered;
        }

        @Override
        public void seek(long offset) {
            log.seek(offset);
        }

        @Override
        public List<LogRecord> poll(Duration patience) throws GoneException {
            return log.poll(patience);
        }

        @Override
        public CompletableFuture<Long> end() {
            return log.end();
        }

        @Override
        public void close() {} // the test closes both
    }

    private static Command.Publish publish(String text, long sequence) {
        return new Command.Publish(new SessionId(0, 1), text, sequence, 0, 0);
    }

    /** The messages that a node has, with all that was accepted before. */
    private static List<String> said(RunningNode node) throws Exception {
        CompletableFuture<Object> said = new CompletableFuture<>();
        node.log.whenCurrent(
                () -> said.complete(node.store.events.stream()
                        .filter(Event.Published.class::isInstance)
                        .map(event -> ((Event.Published) event).text())
                        .toList()),
                () -> said.complete("unavailable"));
        return ((List<?>) get(said)).stream().map(String.class::cast).toList();
    }

    @Test
    void whatArrivesAfterALostRequestDoesNotCountAndRepeatsKeepTheirOrder() throws Exception {
        Lingering lingering = new Lingering();
        RunningNode cut = node(lingering, 1);
        RunningNode whole = node(open(direct), 2);
        assertThat(get(cut.submit(join("alice", 1)))).isInstanceOf(Result.Joined.class);
        assertThat(get(cut.submit(publish("zeroth", 1)))).isInstanceOf(Result.Published.class);

        List<String> texts = List.of("first", "second", "third");
        List<CompletableFuture<Object>> outcomes = new ArrayList<>();
        requests.swallow("first");
        for (String text : texts) {
            outcomes.add(cut.submit(publish(text, outcomes.size() + 2)));
            await().atMost(BOUND).until(() -> requests.count(text) > 0); // an entry of its own
        }
        for (CompletableFuture<Object> outcome : outcomes) {
            assertThat(get(outcome)).isEqualTo(Refusal.LOG_UNAVAILABLE);
        }
        await().atMost(BOUND).until(() -> cut.log.problem().isEmpty()); // the next life has begun
        lingering.deliver("third").get(60, TimeUnit.SECONDS);
        assertThat(said(cut)).containsExactly("zeroth");
        assertThat(said(whole)).containsExactly("zeroth");

        List<RunningNode> nodes = List.of(whole, cut, whole);
        for (int i = 0; i < 3; i++) {
            assertThat(get(nodes.get(i).submit(publish(texts.get(i), i + 2))))
                    .isInstanceOfSatisfying(
                            Result.Published.class,
                            published -> assertThat(published.repeated()).isFalse());
        }
        assertThat(said(cut)).containsExactly("zeroth", "first", "second", "third");
        assertThat(said(whole)).containsExactly("zeroth", "first", "second", "third");
        assertThat(cut.log.givenUp()).isEqualTo(1);
    }
}
