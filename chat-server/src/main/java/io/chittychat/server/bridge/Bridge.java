package io.chittychat.server.bridge;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls services of this process over HTTP. It has a gRPC server of its own, inside the process, so that calls from
 * HTTP pass the same interceptors as others.
 *
 * <p>Threading: any thread. Calls run on the thread of the request, which must not block therefore.
 */
public final class Bridge implements AutoCloseable {

    private final Methods methods;
    private final Server server;
    private final ManagedChannel channel;
    private final Supplier<ScheduledExecutorService> loops;

    private Bridge(Methods methods, Server server, ManagedChannel channel, Supplier<ScheduledExecutorService> loops) {
        this.methods = methods;
        this.server = server;
        this.channel = channel;
        this.loops = loops;
    }

    /**
     * Starts a server for the services.
     *
     * @param services with their interceptors
     * @param settings configures the server further
     * @param loops gives threads for short tasks that do not block
     */
    public static Bridge start(
            List<ServerServiceDefinition> services,
            Consumer<InProcessServerBuilder> settings,
            Supplier<ScheduledExecutorService> loops) {
        String name = InProcessServerBuilder.generateName();
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
        settings.accept(builder);
        services.forEach(builder::addService);
        builder.intercept(new PeerNames()).directExecutor();
        try {
            Server server = builder.build().start();
            ManagedChannel channel =
                    InProcessChannelBuilder.forName(name).directExecutor().build();
            return new Bridge(new Methods(services), server, channel, loops);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the name is in use, which cannot be
        }
    }

    Methods methods() {
        return methods;
    }

    ManagedChannel channel() {
        return channel;
    }

    ScheduledExecutorService loop() {
        return loops.get();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
