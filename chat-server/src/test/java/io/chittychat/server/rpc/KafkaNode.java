package io.chittychat.server.rpc;

import io.chittychat.server.ChatServerApplication;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A node of several, in this process, with a store of its own. */
final class KafkaNode implements AutoCloseable {

    /** The settings of each node, as the number of brokers demands: all have everything, and one of them may be away. */
    static List<String> engine(int brokers) {
        return List.of(
                "chitty.log.engine=kafka",
                "chitty.log.kafka.replication=" + brokers,
                "chitty.log.kafka.min-in-sync-replicas=" + Math.max(1, brokers - 1));
    }

    final ConfigurableApplicationContext context;
    final int port;
    final ManagedChannel channel;

    /** @param settings beside those of the engine, for example {@code chitty.session.resume-window=5s} */
    KafkaNode(int brokers, List<String> settings) {
        GrpcPort listening = new GrpcPort();
        List<String> arguments = new ArrayList<>(
                List.of("--chitty.store.file=target/stores/" + UUID.randomUUID() + ".db", "--grpc.server.port=0"));
        engine(brokers).forEach(setting -> arguments.add("--" + setting));
        settings.forEach(setting -> arguments.add("--" + setting));
        context = new SpringApplicationBuilder(ChatServerApplication.class, ContractConfiguration.class)
                .web(WebApplicationType.NONE)
                .listeners(event -> {
                    if (event instanceof GrpcServerStartedEvent started) {
                        listening.onApplicationEvent(started);
                    }
                })
                .run(arguments.toArray(String[]::new));
        port = listening.number();
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        context.close();
    }
}
