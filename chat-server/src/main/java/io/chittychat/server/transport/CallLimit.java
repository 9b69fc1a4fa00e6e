package io.chittychat.server.transport;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Limits the calls that wait for their request or their answer, because any client can leave such a call open without
 * having joined. Also refuses calls of connections that do not read their replies. A participant's stream counts as
 * waiting only until its first answer.
 *
 * <p>Threading: any thread.
 */
final class CallLimit implements ServerInterceptor {

    /**
     * Methods that may wait for the disk or another service, in {@link CallThreads}; only these need their connection.
     */
    private static final Set<String> MAY_BLOCK = Set.of(
            ChatServiceGrpc.getJoinMethod().getFullMethodName(),
            ChatServiceGrpc.getListEventsMethod().getFullMethodName(),
            ChatServiceGrpc.getListParticipantsMethod().getFullMethodName(),
            ChatServiceGrpc.getSearchEventsMethod().getFullMethodName());

    /** Waiting calls that a connection, or over HTTP an address, may have, even at the limit over all. */
    private static final int FAIR = 16;

    private static final Context.Key<WatchedConnection> CONNECTION = Context.key("connection");

    private final GrpcSettings settings;
    private final AtomicInteger waiting; // over both
    private final AtomicInteger overGrpc = new AtomicInteger();
    private final AtomicInteger overHttp = new AtomicInteger();
    private final Predicate<Origin> limited;
    private final ServiceLog log;
    private final Counts<Origin> origins = new Counts<>();
    private final Counts<Origin> shares = new Counts<>(); // over HTTP

    /** @param limited whether the limit per address applies to an origin */
    CallLimit(GrpcSettings settings, ConnectionTotals totals, Predicate<Origin> limited, ServiceLog log) {
        this.settings = settings;
        this.waiting = totals.waitingCalls();
        this.limited = limited;
        this.log = log;
    }

    /** The connection of the current call; null unless the call is of a method that may block. */
    static @Nullable WatchedConnection connection() {
        return CONNECTION.get();
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        WatchedConnection connection = ConnectionWatch.of(call.getAttributes());
        if (connection == null && !isFromHttp(call)) {
            return next.startCall(call, headers);
        }
        if (connection != null && connection.isCongested()) {
            return refuse(call, connection, "too many replies are not read; read them, then retry");
        }
        Origin origin = Origin.of(call.getAttributes());
        boolean isCounted = limited.test(origin);
        if (isCounted && !origins.add(origin, settings.maxWaitingCallsPerAddress())) {
            return refuse(call, connection, "too many calls from this address are waiting; retry later");
        }
        AtomicInteger ofKind = connection == null ? overHttp : overGrpc; // neither can take the places of the other
        boolean hasShare = connection == null ? shares.add(origin, FAIR) : connection.callStartedWaiting() <= FAIR;
        Runnable release = () -> {
            waiting.decrementAndGet();
            ofKind.decrementAndGet();
            if (connection != null) {
                connection.callStoppedWaiting();
            } else if (hasShare) {
                shares.remove(origin);
            }
            if (isCounted) {
                origins.remove(origin);
            }
        };
        waiting.incrementAndGet();
        if (ofKind.incrementAndGet() > settings.maxWaitingCalls() && !hasShare) {
            release.run();
            return refuse(call, connection, "too many calls are waiting; retry later");
        }
        return listening(new WaitingCall<>(call, release, log), connection, headers, next);
    }

    /** A call from HTTP has the address of its client, but no connection here. */
    private static boolean isFromHttp(ServerCall<?, ?> call) {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress;
    }

    private <Q, S> ServerCall.Listener<Q> listening(
            WaitingCall<Q, S> call,
            @Nullable WatchedConnection connection,
            Metadata headers,
            ServerCallHandler<Q, S> next) {
        ServerCall.Listener<Q> listener;
        try {
            listener = connection != null
                            && MAY_BLOCK.contains(call.getMethodDescriptor().getFullMethodName())
                    ? Contexts.interceptCall(Context.current().withValue(CONNECTION, connection), call, headers, next)
                    : next.startCall(call, headers);
        } catch (RuntimeException e) {
            call.release();
            throw e;
        }
        if (connection != null) { // PublishStream, to which this applies, cannot be called over HTTP
            call.endUnlessUsed(listener, connection.loop(), settings.requestTimeout());
        }
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onMessage(Q message) {
                if (!call.isExpired()) {
                    super.onMessage(message);
                }
            }

            @Override
            public void onHalfClose() {
                if (!call.isExpired()) {
                    super.onHalfClose();
                }
            }

            @Override
            public void onCancel() {
                call.release();
                super.onCancel();
            }

            @Override
            public void onComplete() {
                call.release();
                super.onComplete();
            }
        };
    }

    private <Q, S> ServerCall.Listener<Q> refuse(
            ServerCall<Q, S> call, @Nullable WatchedConnection connection, String why) {
        if (connection != null) {
            connection.refused();
        }
        return CallRefusal.refuse(call, Failures.retry(ErrorReason.RATE_LIMITED, why), log);
    }
}
