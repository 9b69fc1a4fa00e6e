package io.chittychat.server.transport;

import io.chittychat.server.observe.ServiceLog;
import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the line in the service log for a call that gRPC refused: its method or compression is unknown, or its request
 * is too large or malformed. The service's own errors are recognized by their details; their lines are written
 * elsewhere.
 *
 * <p>Threading: any thread.
 */
final class UnservedCalls extends ServerStreamTracer.Factory implements ServerInterceptor {

    /**
     * The codes with which gRPC refuses a request; calls with other codes ended for reasons such as a lost connection.
     */
    private static final Set<Status.Code> REFUSED = EnumSet.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.UNIMPLEMENTED,
            Status.Code.INTERNAL,
            Status.Code.UNKNOWN);

    private static final Context.Key<@Nullable Call> CALL = Context.key("unserved-call");
    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final String SERVICE = ChatServiceGrpc.SERVICE_NAME + "/";

    private final ServiceLog log;

    UnservedCalls(ServiceLog log) {
        this.log = log;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new Call(method);
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        Call traced = CALL.get();
        return traced == null ? next.startCall(call, headers) : next.startCall(traced.watched(call), headers);
    }

    /** One call, which remembers whether the service answered it. */
    private final class Call extends ServerStreamTracer {

        private final String method;
        private volatile boolean answered;

        Call(String method) {
            this.method = method;
        }

        @Override
        public Context filterContext(Context context) {
            return context.withValue(CALL, this);
        }

        <Q, S> ServerCall<Q, S> watched(ServerCall<Q, S> call) {
            return new SimpleForwardingServerCall<>(call) {
                @Override
                public void close(Status status, Metadata trailers) {
                    answered = status.isOk() || trailers.containsKey(DETAILS);
                    super.close(status, trailers);
                }
            };
        }

        @Override
        public void streamClosed(Status status) {
            if (!answered && REFUSED.contains(status.getCode())) {
                String name = method.startsWith(SERVICE) ? method.substring(SERVICE.length()) : method;
                log.call(name, "", 0, 0, status.getCode().name(), "");
            }
        }
    }
}
