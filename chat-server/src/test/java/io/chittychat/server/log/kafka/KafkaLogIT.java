package io.chittychat.server.log.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.cluster.Brokers;
import io.chittychat.process.Children;
import io.chittychat.server.log.cluster.LogRecord;
import io.chittychat.server.log.cluster.SharedLog;
import io.chittychat.server.log.cluster.StartException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A topic of a real broker as the shared log, and what else may be there under its name. */
class KafkaLogIT {

    private static final Children CHILDREN = new Children();
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static Map<String, Object> clients = Map.of();
    private static Brokers brokers;
    private static Admin admin;

    private final String topic = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        brokers = Brokers.start(
                CHILDREN, Path.of("../chat-cluster/target/lib"), Path.of("target/brokers/" + UUID.randomUUID()), 1);
        clients = Map.of("bootstrap.servers", brokers.bootstrapServers());
        admin = Admin.create(clients);
    }

    @AfterAll
    static void stop() {
        admin.close(Duration.ZERO);
        CHILDREN.close();
    }

    private TopicSettings settings(boolean create, boolean strict, Duration delivery) {
        return new TopicSettings(topic, create, 1, 1, true, strict, delivery, BOUND);
    }

    private KafkaLog open() {
        return KafkaLog.open(settings(true, true, Duration.ofSeconds(20)), clients);
    }

    private void create(Map<String, String> config, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(config)))
                .all()
                .get(60, TimeUnit.SECONDS);
    }

    private static CompletableFuture<Boolean> send(SharedLog log, String text) {
        CompletableFuture<Boolean> delivered = new CompletableFuture<>();
        log.send(text.getBytes(StandardCharsets.UTF_8), new SharedLog.Delivery() {
            @Override
            public void delivered() {
                delivered.complete(true);
            }

            @Override
            public void lost(Exception cause) {
                delivered.complete(false);
            }
        });
        return delivered;
    }

    private static List<String> read(SharedLog log, int count) {
        List<String> read = new ArrayList<>();
        await().atMost(BOUND).until(() -> {
            for (LogRecord record : log.poll(Duration.ofMillis(100))) {
                read.add(record.offset() + new String(record.value(), StandardCharsets.UTF_8));
            }
            return read.size() >= count;
        });
        return read;
    }

    @Test
    void whatIsSentIsReadInOrderFromAnyPlace() throws Exception {
        try (KafkaLog log = open();
                KafkaLog other = open()) {
            assertThat(other.epoch()).isEqualTo(log.epoch()).hasSize(36);
            for (String text : List.of("a", "b", "c")) {
                assertThat(send(log, text).get(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(other.end().get(60, TimeUnit.SECONDS)).isEqualTo(3);
            other.seek(0);
            assertThat(read(other, 3)).containsExactly("0a", "1b", "2c");
            other.seek(2);
            assertThat(read(other, 1)).containsExactly("2c");
            log.giveUp();
            assertThat(send(log, "d").get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(read(other, 1)).containsExactly("3d");
        }
    }

    @Test
    void whatIsNotReadYetIsCounted() throws Exception {
        Map<String, Object> oneByOne = new HashMap<>(clients);
        oneByOne.put("max.poll.records", 1);
        try (KafkaLog log = KafkaLog.open(settings(true, true, Duration.ofSeconds(20)), oneByOne)) {
            for (String text : List.of("a", "b", "c")) {
                assertThat(send(log, text).get(60, TimeUnit.SECONDS)).isTrue();
            }
            log.seek(0);
            assertThat(read(log, 1)).containsExactly("0a");
            assertThat(log.behind()).isEqualTo(2);
            assertThat(read(log, 2)).containsExactly("1b", "2c");
            assertThat(log.behind()).isZero();
        }
    }

    @Test
    void topicThatCannotBeOneOrderIsRefused() throws Exception {
        create(Map.of("message.timestamp.type", "CreateTime", "cleanup.policy", "compact"), 2);
        assertThatThrownBy(this::open)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("2 partitions")
                .hasMessageContaining("compacted")
                .hasMessageContaining("LogAppendTime");
    }

    @Test
    void weakerTopicIsRefusedIfThatIsDemandedAndUsedOtherwise() throws Exception {
        create(Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "1000000"), 1);
        assertThatThrownBy(this::open)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("retention is limited")
                .hasMessageContaining("flush.messages");
        KafkaLog.open(settings(true, false, Duration.ofSeconds(20)), clients).close();
    }

    @Test
    void missingTopicIsNotCreatedIfThatIsForbidden() {
        assertThatThrownBy(() -> KafkaLog.open(settings(false, false, Duration.ofSeconds(20)), clients))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("there is no topic");
    }

    @Test
    void entriesThatWereRemovedAreToldInOneSentence() throws Exception {
        try (KafkaLog log = open()) {
            for (int i = 0; i < 3; i++) {
                send(log, "x").get(60, TimeUnit.SECONDS);
            }
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            log.seek(1);
            assertThatThrownBy(() -> read(log, 1))
                    .hasStackTraceContaining("retention is limited")
                    .hasStackTraceContaining("--as-seed");
            log.seek(9);
            assertThatThrownBy(() -> read(log, 1)).hasStackTraceContaining("has lost its end");
        }
    }

    @Test
    void topicThatWasMadeAgainIsAnotherLog() throws Exception {
        try (KafkaLog log = open()) {
            send(log, "x").get(60, TimeUnit.SECONDS);
            log.seek(0);
            read(log, 1);
            admin.deleteTopics(List.of(topic)).all().get(60, TimeUnit.SECONDS);
            KafkaLog again = await().atMost(BOUND)
                    .ignoreExceptions()
                    .until(this::open, opened -> !opened.epoch().equals(log.epoch()));
            try (again) {
                assertThatThrownBy(() -> read(log, 1)).hasStackTraceContaining("made again");
            }
        }
    }
}
