package io.chittychat.demo.faults;

import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.concurrent.TimeUnit;

/** A connection to the service. Each run of the service gets a new one, so that no call waits for a retry of gRPC. */
final class Connection implements AutoCloseable {

    private static final int CALL_SECONDS = 20;

    private final ManagedChannel channel;

    private Connection(ManagedChannel channel) {
        this.channel = channel;
    }

    /** @param address host and port */
    static Connection to(String address) {
        return new Connection(
                ManagedChannelBuilder.forTarget(address).usePlaintext().build());
    }

    /** For unary calls. */
    ChatServiceBlockingStub calls() {
        return ChatServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** For streams, which have no deadline. */
    ChatServiceStub streams() {
        return ChatServiceGrpc.newStub(channel);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
