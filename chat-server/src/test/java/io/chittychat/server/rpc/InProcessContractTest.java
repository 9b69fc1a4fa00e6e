package io.chittychat.server.rpc;

import io.chittychat.server.config.ChatSlice;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The contract over an in-process channel. */
@ChatSlice
@TestPropertySource(properties = {ChatContract.SETTINGS_WINDOW, ChatContract.SETTINGS_SLOW})
class InProcessContractTest extends ChatContract {

    @Autowired
    private ManagedChannel channel;

    @Override
    public Channel channel() {
        return channel;
    }
}
