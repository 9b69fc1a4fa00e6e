package io.chittychat.bench.load;

import io.chittychat.process.Loopback;
import io.chittychat.process.ServerProcess;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** TCP connections to one server, shared by participants. Replies are handled on the event loops. */
public final class SharedConnections implements AutoCloseable {

    static final CallOptions OPTIONS = CallOptions.DEFAULT;
    private static final int WINDOW = 4 * 1024 * 1024; // bytes

    private final List<ManagedChannel> channels;

    /** @param count of the connections */
    public SharedConnections(ServerProcess server, int count) {
        channels = IntStream.range(0, count).mapToObj(any -> open(server)).toList();
    }

    private static ManagedChannel open(ServerProcess server) {
        return NettyChannelBuilder.forAddress(Loopback.HOST, server.port())
                .usePlaintext()
                .directExecutor()
                .flowControlWindow(WINDOW)
                .build();
    }

    /** The connection of the participant with that number. */
    public Channel of(int participant) {
        return channels.get(participant % channels.size());
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        try {
            for (ManagedChannel channel : channels) {
                channel.awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
