package io.chittychat.bench.cluster;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of Kafka's clients: those of a node, as far as they can be seen in a measurement. */
final class KafkaSettings {

    private KafkaSettings() {}

    /** Those of all clients, which go on to another broker quickly. */
    static Map<String, Object> quick(String bootstrapServers) {
        return new HashMap<>(Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG,
                50,
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500,
                CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG,
                50,
                CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG,
                300));
    }

    /** A record is acknowledged when all copies in sync have it, is there once, and waits for no other record. */
    static Map<String, Object> producer(String bootstrapServers) {
        Map<String, Object> settings = quick(bootstrapServers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return settings;
    }

    /** It belongs to no group. */
    static Map<String, Object> consumer(String bootstrapServers) {
        Map<String, Object> settings = quick(bootstrapServers);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        return settings;
    }
}
