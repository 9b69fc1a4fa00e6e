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
 * Limits how many connections come from one place. gRPC has no way to say why a connection is refused, so those that
 * are too many are marked when they are ready, and each of their calls is refused with the reason. Whoever goes on
 * to connect is cut off by {@link ConnectionGuard}.
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
     * @param max so many from each place
     * @param limited which places the limit is for
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
