package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Chitty-Chat's contract. All participants join over one connection of gRPC, and then use a connection each. */
public final class GrpcProtocol implements Protocol {

    private static final int AT_ONCE = 100; // joins under way

    private final ManagedChannel channel;
    private final String authority;
    private final Reader reader;
    private long newest; // Lamport time of the newest join

    /** Makes receivers. */
    @FunctionalInterface
    public interface Reader {

        /** @param after Lamport time after which it reads */
        ProtocolClient receiver(String token, long after);
    }

    /** Receivers read over gRPC. */
    public GrpcProtocol(String host, int port) {
        this(host, port, (token, after) -> new GrpcReceiver(host + ":" + port, token, after));
    }

    /** @param port of gRPC, over which participants join and publish */
    public GrpcProtocol(String host, int port, Reader reader) {
        this.authority = host + ":" + port;
        this.reader = reader;
        this.channel = NettyChannelBuilder.forAddress(host, port)
                .usePlaintext()
                .directExecutor()
                .build();
    }

    /** They receive the events after the last of their joins. */
    @Override
    public List<ProtocolClient> receivers(int count) {
        return join("receiver", count).stream()
                .map(joined -> reader.receiver(joined.getSessionToken(), newest))
                .toList();
    }

    @Override
    public List<ProtocolClient> publishers(int count) {
        return join("publisher", count).stream()
                .<ProtocolClient>map(
                        joined -> new GrpcPublisher(authority, joined.getSessionToken(), joined.getLamportTime()))
                .toList();
    }

    @Override
    public Optional<ChurningParticipants> visitors() {
        return Optional.of(new ChurningParticipants(channel));
    }

    private List<JoinResponse> join(String name, int count) {
        List<JoinResponse> joined = new ArrayList<>();
        ChatServiceGrpc.ChatServiceFutureStub stub = ChatServiceGrpc.newFutureStub(channel);
        while (joined.size() < count) {
            List<Future<JoinResponse>> some = new ArrayList<>();
            for (int i = joined.size(); i < Math.min(count, joined.size() + AT_ONCE); i++) {
                some.add(stub.join(JoinRequest.newBuilder()
                        .setParticipantName(name + " " + i)
                        .setLamportTime(1)
                        .build()));
            }
            some.forEach(one -> joined.add(get(one)));
        }
        joined.forEach(one -> newest = Math.max(newest, one.getLamportTime()));
        return joined;
    }

    private static JoinResponse get(Future<JoinResponse> join) {
        try {
            return join.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } catch (ExecutionException e) {
            throw new BenchException("a join failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
