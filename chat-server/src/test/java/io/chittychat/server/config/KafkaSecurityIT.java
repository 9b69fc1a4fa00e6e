package io.chittychat.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.cluster.Brokers;
import io.chittychat.cluster.Listener;
import io.chittychat.process.Children;
import io.chittychat.process.Loopback;
import io.chittychat.server.access.Authority;
import io.chittychat.server.log.cluster.LogRecord;
import io.chittychat.server.log.cluster.SharedLog;
import io.chittychat.server.log.cluster.StartException;
import io.chittychat.server.log.kafka.KafkaLog;
import io.chittychat.server.log.kafka.TopicSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** A broker that wants encryption, a password, and access rights: exactly those that the documentation asks for. */
class KafkaSecurityIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String TOPIC = "chitty";

    private final Children children = new Children();
    private final Authority authority = new Authority("brokers");
    private final int port = Loopback.freePort();

    @TempDir
    private Path dir;

    @BeforeEach
    void start() throws Exception {
        Authority.Identity identity = authority.issue("CN=broker", "localhost");
        Path keys = Files.writeString(dir.resolve("broker.pem"), identity.keyPem() + identity.certificatePem());
        Listener secured = new Listener(
                "SECURED",
                "SASL_SSL",
                List.of(port),
                List.of("localhost:" + port),
                List.of(
                        "listener.name.secured.ssl.keystore.type=PEM",
                        "listener.name.secured.ssl.keystore.location=" + keys,
                        "listener.name.secured.sasl.enabled.mechanisms=PLAIN",
                        "listener.name.secured.plain.sasl.jaas.config="
                                + login("user_node=\"s3cret\" user_guest=\"guest\""),
                        "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users=User:ANONYMOUS")); // who is on the listener without passwords
        Brokers brokers = Brokers.start(
                children, Path.of("../chat-cluster/target/lib"), dir.resolve("brokers"), 1, List.of(secured));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()))) {
            Stream<AclBinding> ofTopic = Stream.of(
                            AclOperation.READ,
                            AclOperation.WRITE,
                            AclOperation.DESCRIBE,
                            AclOperation.DESCRIBE_CONFIGS,
                            AclOperation.CREATE)
                    .map(operation -> right(ResourceType.TOPIC, TOPIC, operation));
            List<AclBinding> rights = Stream.concat(
                            ofTopic, Stream.of(right(ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE)))
                    .toList();
            admin.createAcls(rights).all().get(60, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void stop() {
        children.close();
    }

    private static String login(String arguments) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required " + arguments + ";";
    }

    private static AclBinding right(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:node", "*", operation, AclPermissionType.ALLOW));
    }

    private KafkaLog open(String user, String password, Authority trusted) throws IOException {
        Path certificates = Files.writeString(dir.resolve("trusted.pem"), trusted.certificatePem());
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.kafka.bootstrap-servers", "localhost:" + port)
                .withProperty("spring.kafka.security.protocol", "SASL_SSL")
                .withProperty("spring.kafka.ssl.trust-store-type", "PEM")
                .withProperty("spring.kafka.ssl.trust-store-location", "file:" + certificates)
                .withProperty("spring.kafka.properties.sasl.mechanism", "PLAIN")
                .withProperty(
                        "spring.kafka.properties.sasl.jaas.config",
                        login("username=\"" + user + "\" password=\"" + password + "\""));
        return KafkaLog.open(
                new TopicSettings(TOPIC, true, 1, 1, true, true, BOUND, BOUND), KafkaClients.settings(environment));
    }

    @Test
    void documentedRightsAreEnough() throws Exception {
        try (KafkaLog log = open("node", "s3cret", authority)) {
            CompletableFuture<Void> delivered = new CompletableFuture<>();
            log.send("a".getBytes(StandardCharsets.UTF_8), new SharedLog.Delivery() {
                @Override
                public void delivered() {
                    delivered.complete(null);
                }

                @Override
                public void lost(Exception cause) {
                    delivered.completeExceptionally(cause);
                }
            });
            delivered.get(60, TimeUnit.SECONDS);
            assertThat(log.end().get(60, TimeUnit.SECONDS)).isEqualTo(1);
            log.seek(0);
            List<LogRecord> read = new ArrayList<>();
            await().atMost(BOUND).until(() -> read.addAll(log.poll(Duration.ofMillis(100))));
            assertThat(read.get(0).value()).asString(StandardCharsets.UTF_8).isEqualTo("a");
        }

        assertThatThrownBy(() -> open("node", "wrong", authority))
                .isInstanceOf(StartException.class)
                .hasMessage("the topic chitty cannot be used: Authentication failed: Invalid username or password");
        assertThatThrownBy(() -> open("guest", "guest", authority))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("the topic chitty cannot be used: ")
                .hasMessageContaining("uthoriz");
        assertThatThrownBy(() -> open("node", "s3cret", new Authority("somebody else")))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("the topic chitty cannot be used: SSL handshake failed");
    }
}
