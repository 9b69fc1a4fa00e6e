package io.chittychat.bench.cluster;

import io.chittychat.bench.BenchException;
import io.chittychat.cluster.NodeSettings;
import io.chittychat.process.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;

/**
 * The topic of the nodes, as its brokers describe it.
 *
 * <p>Threading: one thread, which waits for the brokers. Errors: {@link BenchException}, and {@link
 * io.chittychat.process.ProcessFailedException} if something does not become true.
 */
final class SharedTopic implements AutoCloseable {

    private static final String NAME = NodeSettings.TOPIC;
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final long ANSWER_SECONDS = 60;

    private final Admin admin;

    /** @param bootstrapServers addresses of brokers, with commas between them */
    SharedTopic(String bootstrapServers) {
        admin = Admin.create(KafkaSettings.quick(bootstrapServers));
    }

    /** Waits until all brokers have all records of the topic, and all decisions of their controller. */
    void awaitInSync(int brokers) {
        boolean unused = Await.until(
                "brokers that are in sync", BOUND, () -> isInSync(brokers) ? Optional.of(true) : Optional.empty());
    }

    private boolean isInSync(int brokers) {
        boolean topic = partition()
                .filter(partition -> partition.isr().size() == brokers && hasLeader(partition))
                .isPresent();
        return topic
                && answer(admin.describeMetadataQuorum().quorumInfo())
                        .filter(quorum -> quorum.voters().size() == brokers && hasAll(quorum))
                        .isPresent();
    }

    private static boolean hasLeader(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader != null && !leader.isEmpty();
    }

    private static boolean hasAll(QuorumInfo quorum) {
        return quorum.voters().stream().allMatch(voter -> voter.logEndOffset() >= quorum.highWatermark());
    }

    private Optional<TopicPartitionInfo> partition() {
        return answer(admin.describeTopics(List.of(NAME)).allTopicNames())
                .flatMap(topics -> Optional.ofNullable(topics.get(NAME)))
                .map(topic -> topic.partitions().get(0));
    }

    /** Creates an empty topic with the same number of copies, and the same settings. */
    void createAlike(String name) {
        short copies = (short) partition()
                .orElseThrow(() -> new BenchException("the brokers do not describe the topic " + NAME))
                .replicas()
                .size();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
        Map<String, String> settings = answer(
                        admin.describeConfigs(List.of(resource)).all())
                .flatMap(configs -> Optional.ofNullable(configs.get(resource)))
                .map(SharedTopic::ownSettings)
                .orElseThrow(() -> new BenchException("the brokers do not tell the settings of the topic " + NAME));
        Optional<Void> unused = answer(admin.createTopics(List.of(new NewTopic(name, 1, copies).configs(settings)))
                .all());
    }

    private static Map<String, String> ownSettings(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    /** Empty if it may be otherwise soon. */
    private static <T> Optional<T> answer(KafkaFuture<T> question) {
        try {
            return Optional.ofNullable(question.get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return Optional.empty();
            }
            throw new BenchException("the brokers do not answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
