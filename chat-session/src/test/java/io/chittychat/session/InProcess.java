package io.chittychat.session;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;

/** A service in this process, and a channel to it. */
record InProcess(Server server, ManagedChannel channel) implements AutoCloseable {

    static InProcess start(BindableService service, ServerInterceptor... interceptors) throws IOException {
        String name = InProcessServerBuilder.generateName();
        InProcessServerBuilder server = InProcessServerBuilder.forName(name).addService(service);
        for (ServerInterceptor interceptor : interceptors) {
            server.intercept(interceptor);
        }
        return new InProcess(
                server.build().start(), InProcessChannelBuilder.forName(name).build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
