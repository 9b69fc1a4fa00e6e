package io.chittychat.server.rpc;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** The contract over a real port. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "chitty.store.file=target/stores/${random.uuid}.db",
            "grpc.server.port=0",
            "chitty.grpc.max-message-size=2MB", // so that long fields reach the checks of the fields
            ChatContract.SETTINGS_WINDOW,
            ChatContract.SETTINGS_SLOW
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Import(GrpcPort.class)
class NetworkContractTest extends ChatContract {

    @Autowired
    private GrpcPort port;

    private ManagedChannel channel;

    @BeforeAll
    void connect() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port.number())
                .usePlaintext()
                .build();
    }

    @AfterAll
    void close() {
        channel.shutdownNow();
    }

    @Override
    public Channel channel() {
        return channel;
    }
}
