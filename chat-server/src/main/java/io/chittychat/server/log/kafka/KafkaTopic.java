package io.chittychat.server.log.kafka;

import io.chittychat.server.log.cluster.StartException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the topic, or creates it, and checks that it keeps what the log promises.
 *
 * <p>Threading: one thread; it waits for the brokers.
 */
final class KafkaTopic {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopic.class);
    private static final long PAUSE = 200; // milliseconds; a new topic is not known to all brokers at once

    private final Admin admin;
    private final TopicSettings settings;
    private final long deadline;

    KafkaTopic(Admin admin, TopicSettings settings) {
        this.admin = admin;
        this.settings = settings;
        this.deadline = System.nanoTime() + settings.startTimeout().toNanos();
    }

    /**
     * Returns the epoch of the log: it identifies the topic, not its name, so a topic that was deleted and made again is
     * another log.
     *
     * @throws StartException if there is no topic that can be the log
     */
    String open() {
        try {
            while (true) {
                try {
                    return findOrCreate();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof RetriableException)) {
                        throw e;
                    }
                    TimeUnit.MILLISECONDS.sleep(Math.min(PAUSE, left())); // brokers change at this moment
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("the start was interrupted", e);
        } catch (TimeoutException e) {
            throw new StartException(
                    "no broker of Kafka answered within "
                            + settings.startTimeout().toSeconds()
                            + " s; check spring.kafka.bootstrap-servers, and that the brokers run",
                    e);
        } catch (ExecutionException e) {
            throw new StartException("the topic " + settings.name() + " cannot be used: " + reason(e), e);
        }
    }

    private String findOrCreate() throws InterruptedException, ExecutionException, TimeoutException {
        Optional<TopicDescription> found = describe();
        if (found.isEmpty()) {
            create();
            found = describe();
            while (found.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(Math.min(PAUSE, left()));
                found = describe();
            }
        }
        check(found.get());
        String cluster = await(admin.describeCluster().clusterId());
        return epoch(cluster, found.get().topicId().toString());
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    /** An epoch has the form of a UUID. */
    static String epoch(String cluster, String topicId) {
        return UUID.nameUUIDFromBytes((cluster + '/' + topicId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private long left() throws TimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new TimeoutException();
        }
        return left;
    }

    private <T> T await(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(left(), TimeUnit.MILLISECONDS);
    }

    private Optional<TopicDescription> describe() throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return Optional.ofNullable(
                    await(admin.describeTopics(List.of(settings.name())).allTopicNames())
                            .get(settings.name()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void create() throws InterruptedException, ExecutionException, TimeoutException {
        if (!settings.create()) {
            throw new StartException(
                    "there is no topic " + settings.name() + ", and chitty.log.kafka.create-topic is false",
                    new IllegalStateException());
        }
        NewTopic topic = new NewTopic(settings.name(), 1, (short) settings.replication())
                .configs(Map.of(
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        Integer.toString(settings.minInSync()),
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime",
                        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                        "false",
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG,
                        settings.synced() ? "1" : Long.toString(Long.MAX_VALUE)));
        try {
            await(admin.createTopics(List.of(topic)).all());
            LOG.info("Created the topic {} with {} copies", settings.name(), settings.replication());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // another node was quicker
                throw e;
            }
        }
    }

    private void check(TopicDescription topic) throws InterruptedException, ExecutionException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.name());
        Config config = Objects.requireNonNull(
                await(admin.describeConfigs(List.of(resource)).all()).get(resource));
        List<String> impossible = impossible(topic, config);
        if (!impossible.isEmpty()) {
            throw new StartException(
                    "the topic " + settings.name() + " cannot be the log: " + String.join(", ", impossible)
                            + ". Use another topic: chitty.log.kafka.topic",
                    new IllegalStateException());
        }
        List<String> weak = weaker(topic, config, settings);
        if (!weak.isEmpty()) {
            String sentence =
                    "the topic " + settings.name() + " promises less than it should: " + String.join(", ", weak);
            if (settings.strict()) {
                throw new StartException(sentence, new IllegalStateException());
            }
            LOG.warn("Beware: {}", sentence);
        }
    }

    private static String value(Config config, String name) {
        return config.get(name) == null ? "" : String.valueOf(config.get(name).value());
    }

    private static List<String> impossible(TopicDescription topic, Config config) {
        List<String> problems = new ArrayList<>();
        if (topic.partitions().size() != 1) {
            problems.add("it has " + topic.partitions().size() + " partitions, and only one partition is one order");
        }
        if (value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            problems.add("it is compacted, so entries would vanish");
        }
        if (value(config, TopicConfig.COMPRESSION_TYPE_CONFIG).matches("zstd|lz4|snappy")) {
            problems.add("it is compressed as " + value(config, TopicConfig.COMPRESSION_TYPE_CONFIG)
                    + ", which the service cannot read; gzip would do");
        }
        if (!value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals("LogAppendTime")) {
            problems.add("its message.timestamp.type is not LogAppendTime");
        }
        return problems;
    }

    static List<String> weaker(TopicDescription topic, Config config, TopicSettings settings) {
        List<String> problems = new ArrayList<>();
        int copies = topic.partitions().get(0).replicas().size();
        if (copies < settings.replication()) {
            problems.add("it has " + copies + " copies, not " + settings.replication());
        }
        int minInSync = Integer.parseInt(value(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
        if (minInSync < settings.minInSync()) {
            problems.add("its min.insync.replicas is " + minInSync + ", not " + settings.minInSync());
        }
        if (Boolean.parseBoolean(value(config, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG))) {
            problems.add("its unclean.leader.election.enable is true, so what was acknowledged can be lost");
        }
        if (!value(config, TopicConfig.RETENTION_MS_CONFIG).equals("-1")
                || !value(config, TopicConfig.RETENTION_BYTES_CONFIG).equals("-1")) {
            problems.add("its retention is limited, so a new node may need a copy of another node's store");
        }
        if (settings.synced()
                && !value(config, TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG).equals("1")) {
            problems.add(
                    "its flush.messages is not 1, so an entry is only in the memory of the brokers when it is acknowledged"
                            + " (chitty.log.kafka.durability=replicated says that this is intended)");
        }
        return problems;
    }
}
