package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.cluster.Brokers;
import io.chittychat.process.Children;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The contract with three nodes, each call on another node. {@code -Dchitty.brokers=3} starts more than one broker. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "chitty.store.file=target/stores/${random.uuid}.db",
            "grpc.server.port=0",
            "chitty.grpc.max-message-size=2MB",
            ChatContract.SETTINGS_WINDOW,
            ChatContract.SETTINGS_SLOW
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Import(GrpcPort.class)
class KafkaContractIT extends ChatContract {

    private static final int BROKERS = Integer.getInteger("chitty.brokers", 1);
    private static final Children CHILDREN = new Children();
    private static final Path LIBRARIES = Path.of("../chat-cluster/target/lib");

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<KafkaNode> nodes = new ArrayList<>();

    @Autowired
    private GrpcPort port;

    @DynamicPropertySource
    static void broker(DynamicPropertyRegistry registry) {
        Path dir = Path.of("target/brokers/" + UUID.randomUUID());
        Brokers brokers = Brokers.start(CHILDREN, LIBRARIES, dir, BROKERS);
        Stream.concat(KafkaNode.engine(BROKERS).stream(), settings(brokers.bootstrapServers()).stream())
                .forEach(setting -> {
                    String[] parts = setting.split("=", 2);
                    registry.add(parts[0], () -> parts[1]);
                });
        bootstrapServers = brokers.bootstrapServers();
    }

    private static String bootstrapServers = "";

    private static List<String> settings(String brokers) {
        return List.of(
                "chitty.log.kafka.node-timeout=20s", // a busy machine stops for seconds
                "chitty.log.kafka.delivery-timeout=25s",
                "spring.kafka.bootstrap-servers=" + brokers);
    }

    @BeforeAll
    void startTheOtherNodes() {
        channels.add(ManagedChannelBuilder.forAddress("127.0.0.1", port.number())
                .usePlaintext()
                .build());
        List<String> settings = new ArrayList<>(settings(bootstrapServers));
        settings.addAll(List.of("chitty.grpc.max-message-size=2MB", SETTINGS_WINDOW, SETTINGS_SLOW));
        for (int i = 0; i < 2; i++) {
            KafkaNode node = new KafkaNode(BROKERS, settings);
            nodes.add(node);
            channels.add(node.channel);
        }
        channels.forEach(KafkaContractIT::warmUp);
    }

    /** The first calls of a process take longer than a session lives without a sign of life. */
    private static void warmUp(Channel node) {
        await().ignoreException(StatusRuntimeException.class).until(() -> {
            Participant visitor = Participant.join(node, ChatContract.name());
            visitor.listen();
            visitor.publish("first");
            visitor.present();
            visitor.search("first", 1);
            visitor.leave();
            return true;
        });
    }

    /** The errors of all nodes. */
    @Override
    public ErrorConformance errors() {
        ErrorConformance all = new ErrorConformance();
        all.seen.addAll(super.errors().seen);
        for (KafkaNode node : nodes) {
            ErrorConformance errors = node.context.getBean(ErrorConformance.class);
            all.seen.addAll(errors.seen);
            all.violations.addAll(errors.violations);
        }
        return all;
    }

    @AfterEach
    void everyErrorOfTheOtherNodesIsInTheTable() {
        assertThat(errors().violations).isEmpty();
    }

    @AfterAll
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        nodes.forEach(KafkaNode::close);
        CHILDREN.close();
    }

    /** Sends each call to the next node. */
    @Override
    public Channel channel() {
        return new Channel() {
            @Override
            public <Q, S> ClientCall<Q, S> newCall(MethodDescriptor<Q, S> method, CallOptions options) {
                return channels.get(NEXT.getAndIncrement() % channels.size()).newCall(method, options);
            }

            @Override
            public String authority() {
                return channels.get(0).authority();
            }
        };
    }

    private static final AtomicInteger NEXT = new AtomicInteger();
}
