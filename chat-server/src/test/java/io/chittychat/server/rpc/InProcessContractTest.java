package io.chittychat.server.rpc;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import org.junit.jupiter.api.AfterAll;
import org.springframework.boot.test.context.SpringBootTest;

/** The contract without a network. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=-1",
            "grpc.server.in-process-name=contract",
            ChatContract.SETTINGS_WINDOW,
            ChatContract.SETTINGS_SLOW
        })
class InProcessContractTest extends ChatContract {

    private static final ManagedChannel CHANNEL =
            InProcessChannelBuilder.forName("contract").build();

    @Override
    public Channel channel() {
        return CHANNEL;
    }

    @AfterAll
    static void close() {
        CHANNEL.shutdownNow();
    }
}
