package io.chittychat.server.log.kafka;

import io.chittychat.server.log.cluster.LogRecord;
import io.chittychat.server.log.cluster.SharedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition of Kafka as the shared log. There is no consumer group and no transaction. A producer that has lost a record is
 * replaced, because it may deliver later ones.
 *
 * <p>Threading: as of {@link SharedLog}.
 */
public final class KafkaLog implements SharedLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);
    private static final int BLOCKED = 2000; // milliseconds that sending may wait for the brokers' names
    private static final int ASKING = 2000; // milliseconds that asking for the end may take

    private final TopicPartition partition;
    private final TopicSettings settings;
    private final Map<String, Object> clients;
    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer; // the polling thread's
    private final String epoch;
    private @Nullable Producer<byte[], byte[]> producer; // guarded by this
    private boolean closed; // guarded by this
    private int leaderEpoch = -1; // the polling thread's
    private long position; // the polling thread's
    private volatile long behind; // records
    private Optional<String> problem = Optional.empty(); // the polling thread's; the last one that was logged

    private KafkaLog(
            TopicSettings settings,
            Map<String, Object> clients,
            Admin admin,
            Consumer<byte[], byte[]> consumer,
            String epoch) {
        this.settings = settings;
        this.clients = clients;
        this.admin = admin;
        this.consumer = consumer;
        this.epoch = epoch;
        this.partition = new TopicPartition(settings.name(), 0);
    }

    /**
     * Connects to the brokers, and finds or creates the topic.
     *
     * @param clients the settings of Kafka's clients for connections and security
     * @throws io.chittychat.server.log.cluster.StartException if there is no topic that can be the log
     */
    public static KafkaLog open(TopicSettings settings, Map<String, Object> clients) {
        Map<String, Object> quick = new HashMap<>(clients);
        quick.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50);
        quick.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        quick.putIfAbsent(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 50);
        quick.putIfAbsent(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 300);
        quick.putIfAbsent(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 1000);
        quick.putIfAbsent(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 2000);
        Admin admin = Admin.create(quick);
        try {
            String epoch = new KafkaTopic(admin, settings).open();
            return new KafkaLog(settings, quick, admin, newConsumer(quick), epoch);
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private static Consumer<byte[], byte[]> newConsumer(Map<String, Object> clients) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3000);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<byte[], byte[]> newProducer() {
        int delivery = Math.toIntExact(settings.deliveryTimeout().toMillis());
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(2000, delivery));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns how many records the topic has after those that were read, as of the newest answer of a broker. Any thread. */
    public long behind() {
        return behind;
    }

    /** Returns the identity of the log. */
    public String epoch() {
        return epoch;
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
        if (producer == null) {
            producer = newProducer();
        }
        return producer;
    }

    @Override
    public void send(byte[] value, Delivery delivery) {
        producer()
                .send(
                        new ProducerRecord<>(partition.topic(), partition.partition(), null, value),
                        (metadata, failure) -> {
                            if (failure == null) {
                                delivery.delivered();
                            } else {
                                delivery.lost(failure);
                            }
                        });
    }

    @Override
    public void giveUp() {
        Producer<byte[], byte[]> old;
        synchronized (this) {
            old = producer;
            producer = null;
        }
        if (old != null) {
            // not on this thread, which may be the producer's own
            new Thread(() -> old.close(Duration.ZERO), "producer-close").start();
        }
    }

    @Override
    public void seek(long offset) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        position = offset;
    }

    @Override
    public List<LogRecord> poll(Duration patience) throws GoneException {
        List<LogRecord> records = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
                checkSameTopic(record);
                records.add(new LogRecord(record.offset(), record.timestamp() * 1000, record.value()));
                position = record.offset() + 1;
            }
            behind = consumer.currentLag(partition).orElse(behind);
            problem = Optional.empty();
        } catch (OffsetOutOfRangeException e) {
            throw gone();
        } catch (WakeupException | InterruptException e) {
            Thread.interrupted(); // closing is told by other means
        } catch (RetriableException e) {
            note(e);
        } catch (KafkaException e) {
            note(e);
            pause(patience);
        }
        return records;
    }

    /** The epochs of a partition's leaders never decrease; those of a topic that was made again begin anew. */
    private void checkSameTopic(ConsumerRecord<byte[], byte[]> record) throws GoneException {
        int of = record.leaderEpoch().orElse(leaderEpoch);
        if (of < leaderEpoch) {
            throw new GoneException(
                    "the topic " + partition.topic() + " was deleted and made again, so it is another log");
        }
        leaderEpoch = of;
    }

    private GoneException gone() {
        String where =
                "the next entry that this node needs, " + position + ", is not in the topic " + partition.topic();
        try {
            long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            return new GoneException(
                    position < begin
                            ? where + ", which begins with entry " + begin
                                    + ": its retention is limited. Start this node with a copy of another node's store"
                                    + " (backup --as-seed)"
                            : where + ", which ends before entry " + end
                                    + ": the topic has lost its end, or was made again");
        } catch (KafkaException e) {
            return new GoneException(where);
        }
    }

    private void note(KafkaException failure) {
        String message = String.valueOf(failure.getMessage());
        if (!problem.equals(Optional.of(message))) {
            problem = Optional.of(message);
            LOG.warn("The shared log cannot be read for now: {}", message);
        }
    }

    private static void pause(Duration patience) {
        try {
            Thread.sleep(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CompletableFuture<Long> end() {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions().timeoutMs(ASKING))
                .partitionResult(partition)
                .toCompletionStage()
                .thenApply(result -> result.offset())
                .toCompletableFuture();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        giveUp();
        try {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        } catch (ConcurrentModificationException e) {
            LOG.warn("The shared log was still being read when the service stopped");
        }
        admin.close(Duration.ofSeconds(1));
    }
}
