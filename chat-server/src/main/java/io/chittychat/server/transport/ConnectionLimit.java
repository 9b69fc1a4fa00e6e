package io.chittychat.server.transport;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.observe.ServiceLog;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import java.util.function.Predicate;

/**
 * Limits the connections of one origin. gRPC cannot tell a client why its connection is refused. So connections above
 * the limit are accepted and marked, and each of their calls is refused with the reason. Above a higher limit, {@link
 * ConnectionGuard} closes new connections at once.
 *
 * <p>Threading: any thread.
 */
final class ConnectionLimit extends ServerTransportFilter implements ServerInterceptor {

    private static final Attributes.Key<Origin> COUNTED = Attributes.Key.create("chitty-counted");
    private static final Attributes.Key<Boolean> TOO_MANY = Attributes.Key.create("chitty-too-many");

    private final Counts<Origin> counts = new Counts<>();
    private final int max;
    private final Predicate<Origin> limited;
    private final ServiceLog log;

    /**
     * @param max the most connections of one origin
     * @param limited whether the limit applies to an origin
     */
    ConnectionLimit(int max, Predicate<Origin> limited, ServiceLog log) {
        this.max = max;
        this.limited = limited;
        this.log = log;
    }

    @Override
    public Attributes transportReady(Attributes connection) {
        Origin origin = Origin.of(connection);
        if (!limited.test(origin)) {
            return connection;
        }
        return counts.add(origin, max)
                ? connection.toBuilder().set(COUNTED, origin).build()
                : connection.toBuilder().set(TOO_MANY, true).build();
    }

    @Override
    public void transportTerminated(Attributes connection) {
        Origin counted = connection == null ? null : connection.get(COUNTED);
        if (counted != null) {
            counts.remove(counted);
        }
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        if (call.getAttributes().get(TOO_MANY) == null) {
            return next.startCall(call, headers);
        }
        return CallRefusal.refuse(
                call,
                Failures.retry(
                        ErrorReason.RATE_LIMITED, "too many connections from this address; close some, then reconnect"),
                log);
    }
}
