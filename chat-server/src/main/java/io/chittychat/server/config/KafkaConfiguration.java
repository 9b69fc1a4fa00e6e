package io.chittychat.server.config;

import io.chittychat.server.chat.SharedLeases;
import io.chittychat.server.log.cluster.ClusterLog;
import io.chittychat.server.log.cluster.Limits;
import io.chittychat.server.log.cluster.Watcher;
import io.chittychat.server.log.kafka.KafkaLog;
import io.chittychat.server.log.kafka.TopicSettings;
import io.chittychat.server.observe.ClusterMeters;
import io.chittychat.server.observe.LogHealth;
import io.chittychat.server.observe.LogMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.setting.SettingsException;
import io.chittychat.server.storage.MeasuredReplica;
import io.chittychat.server.storage.SqliteStorage;
import io.chittychat.server.store.Durability;
import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.Timeline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The parts of a node of several, whose log is a topic of Kafka. Without this engine, no class of Kafka is loaded. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = ServerConfiguration.ENGINE, havingValue = "kafka")
class KafkaConfiguration {

    @Bean
    LongSupplier clusterRandom() {
        SecureRandom random = new SecureRandom();
        return () -> {
            long drawn = random.nextLong();
            return drawn == 0 ? 1 : drawn; // 0 means "none"
        };
    }

    @Bean(destroyMethod = "close")
    KafkaLog sharedLog(ChittyProperties properties, Environment environment) {
        ChittyProperties.Kafka kafka = properties.log().kafka();
        TopicSettings topic = new TopicSettings(
                kafka.topic(),
                kafka.createTopic(),
                kafka.replication(),
                kafka.minInSyncReplicas(),
                kafka.durability() == ChittyProperties.Kafka.Durability.SYNCED,
                properties.security().strict(),
                kafka.deliveryTimeout(),
                kafka.startTimeout());
        return KafkaLog.open(topic, KafkaClients.settings(environment));
    }

    /** The store need not sync: after a loss of power, the node goes on from the place in the shared log that it has. */
    @Bean(destroyMethod = "close")
    SqliteStorage logStorage(ChittyProperties properties, KafkaLog sharedLog, LongSupplier clusterRandom) {
        ChittyProperties.Store store = properties.store();
        if (store.durability() == Durability.MEMORY) {
            throw new SettingsException(
                    "chitty.store.durability=memory is not possible with chitty.log.engine=kafka: a node keeps its copy of the"
                            + " log on its disk");
        }
        return SqliteStorage.openReplica(
                store.file(),
                Durability.OS,
                store.retention(),
                store.reserve().toBytes(),
                sharedLog.epoch(),
                clusterRandom.getAsLong());
    }

    @Bean
    Limits clusterLimits(ChittyProperties properties) {
        return new Limits(
                properties.limits().maxParticipants(),
                properties.session().resumeWindow(),
                properties.log().kafka().nodeTimeout());
    }

    @Bean
    ClusterMeters clusterMeters(MeterRegistry registry) {
        return new ClusterMeters(registry);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ClusterLog commandLog(
            KafkaLog sharedLog,
            Room room,
            SqliteStorage storage,
            Timeline timeline,
            Broadcaster broadcaster,
            ServiceLog serviceLog,
            LogMeters meters,
            ClusterMeters clusterMeters,
            Limits clusterLimits,
            LongSupplier clusterRandom,
            ChittyProperties properties) {
        return new ClusterLog(
                sharedLog,
                room,
                storage.replica().place(),
                new ClusterLog.Sinks(
                        new MeasuredReplica(storage.replica(), meters),
                        timeline,
                        new ReaderWatcher(broadcaster, serviceLog, clusterMeters)),
                storage.replica().node(),
                clusterLimits,
                clusterRandom,
                properties.log().kafka().startTimeout());
    }

    /** Ends the readers that another node serves now, or all of them if this node was given up. */
    private record ReaderWatcher(Broadcaster broadcaster, ServiceLog serviceLog, ClusterMeters meters)
            implements Watcher {

        @Override
        public void attachedElsewhere(SessionId session) {
            broadcaster.supersede(session);
        }

        @Override
        public void nodeLost() {
            broadcaster.endAll();
        }

        @Override
        public void returned(long nanos) {
            meters.returned(nanos);
        }

        @Override
        public void expired(String participant, long lamportTime) {
            serviceLog.expired(participant, lamportTime);
        }
    }

    @Bean
    SharedLeases sessionLeases(
            ClusterLog log,
            ScheduledExecutorService leaseTimer,
            ParticipantRegistry participants,
            ChittyProperties properties) {
        return new SharedLeases(
                log,
                participants,
                leaseTimer,
                System::nanoTime,
                properties.session().resumeWindow());
    }

    @Bean
    LogHealth commandLogHealthIndicator(ClusterLog log, SqliteStorage storage) {
        return new LogHealth(() ->
                log.problem().or(() -> storage.isWritable() ? Optional.empty() : Optional.of("the disk has no space")));
    }

    @Bean
    MeterBinder clusterGauges(ClusterLog log, KafkaLog sharedLog) {
        return registry -> {
            Gauge.builder("chitty.cluster.nodes", log::nodes)
                    .description("Nodes that are present in the shared log")
                    .register(registry);
            Gauge.builder("chitty.cluster.offset", log::offset)
                    .description("Place in the shared log up to which this node has applied it")
                    .register(registry);
            Gauge.builder("chitty.cluster.behind", sharedLog::behind)
                    .description("Entries of the shared log that this node has not read")
                    .register(registry);
            Gauge.builder("chitty.cluster.given.up", log::givenUp)
                    .description("Times that this node gave up what it had under way")
                    .register(registry);
            Gauge.builder("chitty.cluster.disagreeing", log::disagreeing)
                    .description("Other nodes whose log has another digest than this one's; anything but 0 is an error")
                    .register(registry);
        };
    }
}
