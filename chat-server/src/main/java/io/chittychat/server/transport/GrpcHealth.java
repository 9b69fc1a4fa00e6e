package io.chittychat.server.transport;

import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.function.BooleanSupplier;

/**
 * Keeps gRPC's health, of the whole server and of the chat service, at what readiness is: nobody tells when there is space on
 * a disk again, so it is looked at now and then, too. Whoever watches is told of each change once.
 *
 * <p>Threading: any thread.
 */
public final class GrpcHealth {

    private final HealthStatusManager health;
    private final BooleanSupplier ready;

    /** @param ready whether the service is ready */
    public GrpcHealth(HealthStatusManager health, BooleanSupplier ready) {
        this.health = health;
        this.ready = ready;
    }

    /** Looks whether the service is ready. */
    public void update() {
        ServingStatus status = ready.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        health.setStatus(ChatServiceGrpc.SERVICE_NAME, status);
    }

    /** The service will not be ready any more. */
    public void end() {
        health.enterTerminalState();
    }
}
