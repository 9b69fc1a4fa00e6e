package io.chittychat.server.rpc;

import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import org.springframework.context.ApplicationListener;

/** The port that the gRPC server of a context listens on; a test imports it as a bean. */
public final class GrpcPort implements ApplicationListener<GrpcServerStartedEvent> {

    private volatile int number;

    public int number() {
        return number;
    }

    @Override
    public void onApplicationEvent(GrpcServerStartedEvent event) {
        number = event.getPort();
    }
}
