package io.chittychat.server.observe;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Logs that the service is ready, and its addresses. */
@Component
public final class StartAnnouncement {

    private static final Logger LOG = LoggerFactory.getLogger("chitty");

    private volatile int grpcPort;

    /** Sets the port that gRPC listens on; it differs from the configured port if that is 0. */
    public void grpcListensOn(int port) {
        grpcPort = port;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        LOG.info(
                "Chitty-Chat is ready: gRPC on {}:{}, HTTP on {}:{}",
                environment.getProperty("grpc.server.address"),
                grpcPort,
                environment.getProperty("server.address"),
                environment.getProperty("local.server.port"));
    }
}
