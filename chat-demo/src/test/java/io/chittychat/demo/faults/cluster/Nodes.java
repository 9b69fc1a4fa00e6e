package io.chittychat.demo.faults.cluster;

import io.chittychat.process.ServerProcess;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The nodes, as participants reach them. Safe for use by several threads. */
final class Nodes implements AutoCloseable {

    private final List<ManagedChannel> channels = new ArrayList<>();

    Nodes(List<ServerProcess> nodes) {
        for (ServerProcess node : nodes) {
            channels.add(ManagedChannelBuilder.forTarget(node.address())
                    .usePlaintext()
                    .build());
        }
    }

    int size() {
        return channels.size();
    }

    ChatServiceBlockingStub node(int number, int seconds) {
        return ChatServiceGrpc.newBlockingStub(channels.get(number)).withDeadlineAfter(seconds, TimeUnit.SECONDS);
    }

    ChatServiceBlockingStub any(Random random, int seconds) {
        return node(random.nextInt(channels.size()), seconds);
    }

    /** For a stream without an end. */
    ChatServiceBlockingStub anyForever(Random random) {
        return ChatServiceGrpc.newBlockingStub(channels.get(random.nextInt(channels.size())));
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
