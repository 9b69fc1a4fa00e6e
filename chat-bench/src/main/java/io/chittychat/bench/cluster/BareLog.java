package io.chittychat.bench.cluster;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.load.Latencies;
import io.chittychat.bench.load.PublishRun;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic without the service: one producer, and one consumer, of this process. A record is acknowledged when the consumer has
 * read it, because a node answers when it has read what it wrote.
 *
 * <p>Threading: one thread. Errors: {@link BenchException}.
 */
final class BareLog implements AutoCloseable {

    /** Bytes of a record: about those of an entry with one message of 64 bytes. */
    static final int RECORD = 128;

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration REPLY_BOUND = Duration.ofSeconds(30);

    private final TopicPartition partition;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final AtomicReference<@Nullable Exception> lost = new AtomicReference<>();

    private BareLog(TopicPartition partition, Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer) {
        this.partition = partition;
        this.producer = producer;
        this.consumer = consumer;
    }

    /** Connects to an empty topic. */
    static BareLog open(String bootstrapServers, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaSettings.consumer(bootstrapServers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seek(partition, 0);
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSettings.producer(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        return new BareLog(partition, producer, consumer);
    }

    /**
     * Sends for a time, and waits until everything is read: a closed loop.
     *
     * @param underWay the number of records under way, each of which is followed by the next when it is read
     */
    PublishRun.Result run(int underWay, Duration time) {
        Latencies latencies = new Latencies();
        long[] sentAt = new long[underWay]; // nanoseconds
        long end = System.nanoTime() + time.toNanos();
        try {
            for (int slot = 0; slot < underWay; slot++) {
                send(slot, sentAt);
            }
            int left = underWay;
            while (left > 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                    int slot = ByteBuffer.wrap(record.value()).getInt();
                    long now = System.nanoTime();
                    latencies.record(now - sentAt[slot]);
                    if (now - end < 0) {
                        send(slot, sentAt);
                    } else {
                        left--;
                    }
                }
                check(end);
            }
        } catch (KafkaException e) {
            throw new BenchException("the brokers failed: " + e.getMessage(), e);
        }
        Histogram all = Latencies.histogram();
        latencies.addTo(all);
        return new PublishRun.Result(latencies.count(), all);
    }

    private void send(int slot, long[] sentAt) {
        byte[] value = ByteBuffer.allocate(RECORD).putInt(slot).array();
        sentAt[slot] = System.nanoTime();
        producer.send(
                new ProducerRecord<>(partition.topic(), partition.partition(), null, value), (metadata, failure) -> {
                    if (failure != null) {
                        lost.compareAndSet(null, failure);
                    }
                });
    }

    private void check(long end) {
        Exception failure = lost.get();
        if (failure != null) {
            throw new BenchException("the brokers lost a record: " + failure.getMessage(), failure);
        }
        if (System.nanoTime() - end > REPLY_BOUND.toNanos()) {
            throw new BenchException("a record was not read within " + REPLY_BOUND);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
