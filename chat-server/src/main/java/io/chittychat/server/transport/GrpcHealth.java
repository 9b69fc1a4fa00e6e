package io.chittychat.server.transport;

import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.function.BooleanSupplier;

/**
 * Sets the health that gRPC reports, for the whole server and for the chat service, to the service's readiness. {@link
 * #update} must be called periodically, because no event says that the disk has space again. A client that watches the
 * health gets each change once.
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

    /** Checks the readiness and sets the health. */
    public void update() {
        ServingStatus status = ready.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        health.setStatus(ChatServiceGrpc.SERVICE_NAME, status);
    }

    /** Reports NOT_SERVING from now on; later updates have no effect. */
    public void end() {
        health.enterTerminalState();
    }
}
