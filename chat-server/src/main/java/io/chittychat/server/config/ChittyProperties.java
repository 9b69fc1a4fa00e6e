package io.chittychat.server.config;

import io.chittychat.server.http.HttpLimits;
import io.chittychat.server.http.WebSettings;
import io.chittychat.server.rate.Rate;
import io.chittychat.server.setting.Require;
import io.chittychat.server.setting.SettingsException;
import io.chittychat.server.storage.Retention;
import io.chittychat.server.transport.GrpcSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The service's own settings. {@code config/chat-server.yml} documents their units, defaults and consequences. The
 * constructors throw a {@link SettingsException} for an invalid setting.
 */
@ConfigurationProperties("chitty")
public record ChittyProperties(
        @DefaultValue Session session,
        @DefaultValue Limits limits,
        @DefaultValue Log log,
        @DefaultValue Store store,
        @DefaultValue Timeline timeline,
        @DefaultValue Broadcast broadcast,
        @DefaultValue Console console,
        @DefaultValue @NestedConfigurationProperty GrpcSettings grpc,
        @DefaultValue @NestedConfigurationProperty HttpLimits http,
        @DefaultValue @NestedConfigurationProperty WebSettings web,
        @DefaultValue @NestedConfigurationProperty AuthProperties auth,
        @DefaultValue Rates rates,
        @DefaultValue Security security) {

    /** @param resumeWindow how long a session lives without a sign of life */
    public record Session(@DefaultValue("5s") Duration resumeWindow) {

        public Session {
            Require.lasting("resume-window", resumeWindow, "5s");
        }
    }

    /** @param maxParticipants the most participants that may be present */
    public record Limits(@DefaultValue("10000") int maxParticipants) {

        public Limits {
            Require.positive("max-participants", maxParticipants, "10000");
        }
    }

    /**
     * @param engine what puts commands in order
     * @param kafka for the engine of that name
     */
    public record Log(
            @DefaultValue("local") Engine engine,
            @DefaultValue Kafka kafka) {

        /** What puts commands in order. */
        public enum Engine {
            /** This process. */
            LOCAL,
            /** A topic of Kafka, which several processes read. */
            KAFKA
        }
    }

    /**
     * A topic of Kafka as the log of several nodes.
     *
     * @param topic its name
     * @param createTopic whether it is created if it is missing
     * @param replication how many brokers have a copy
     * @param minInSyncReplicas how many copies must have an entry before it is acknowledged
     * @param durability when an entry counts as written
     * @param deliveryTimeout after this time it is unknown whether an entry is in the log
     * @param nodeTimeout how long a node may be silent before the others give it up
     * @param startTimeout how long a start waits for the brokers
     */
    public record Kafka(
            @DefaultValue("chitty") String topic,
            @DefaultValue("true") boolean createTopic,
            @DefaultValue("3") int replication,
            @DefaultValue("2") int minInSyncReplicas,
            @DefaultValue("synced") Kafka.Durability durability,
            @DefaultValue("8s") Duration deliveryTimeout,
            @DefaultValue("3s") Duration nodeTimeout,
            @DefaultValue("60s") Duration startTimeout) {

        public Kafka {
            Require.positive("replication", replication, "3");
            Require.positive("min-in-sync-replicas", minInSyncReplicas, "2");
            Require.lasting("delivery-timeout", deliveryTimeout, "8s");
            Require.lasting("node-timeout", nodeTimeout, "3s");
            Require.lasting("start-timeout", startTimeout, "60s");
        }

        /** When an entry counts as written. */
        public enum Durability {
            /** On the disks of the brokers that must have it. */
            SYNCED,
            /** In the memory of the brokers that must have it. */
            REPLICATED
        }
    }

    /**
     * @param durability when an event counts as recorded
     * @param file the file of the log
     * @param reserve space on the disk that is reserved for joins and leaves when the disk is full
     * @param retention the events that are kept
     */
    public record Store(
            @DefaultValue("fsync") io.chittychat.server.store.Durability durability,
            @DefaultValue("data/chitty.db") Path file,
            @DefaultValue("4MB") DataSize reserve,
            @DefaultValue @NestedConfigurationProperty Retention retention) {

        public Store {
            Require.within("reserve", reserve, "0B", "64GB");
        }
    }

    /** @param maxBytes the memory for the newest events */
    public record Timeline(@DefaultValue("32MB") DataSize maxBytes) {

        public Timeline {
            Require.within("max-bytes", maxBytes, "1B", "64GB");
        }
    }

    /** @param slowReaderTimeout a reader that is behind and makes no progress for this long is ended */
    public record Broadcast(@DefaultValue("10s") Duration slowReaderTimeout) {

        public Broadcast {
            Require.lasting("slow-reader-timeout", slowReaderTimeout, "10s");
        }
    }

    /**
     * What happens to log lines while nothing reads the standard output.
     *
     * @param buffer the size of the buffer for them
     * @param whenFull what happens when the buffer is full
     */
    public record Console(
            @DefaultValue("4MB") DataSize buffer,
            @DefaultValue("drop") WhenFull whenFull) {

        public Console {
            Require.within("buffer", buffer, "64KB", "1GB");
        }

        /** What happens when the buffer is full. */
        public enum WhenFull {
            /** The oldest lines are dropped, and counted. */
            DROP,
            /** The chat waits until its log is read. */
            WAIT
        }
    }

    /**
     * Limits on the rates of calls.
     *
     * @param publishes messages of one session
     * @param reads calls of Broadcast, ListEvents, ListParticipants and SearchEvents of one session
     * @param joins joins from one address
     */
    public record Rates(
            @DefaultValue @NestedConfigurationProperty Rate publishes,
            @DefaultValue @NestedConfigurationProperty Rate reads,
            @DefaultValue @NestedConfigurationProperty Rate joins) {}

    /** @param strict whether the service refuses to start with unsafe settings */
    public record Security(@DefaultValue("false") boolean strict) {}
}
