package io.chittychat.server.transport;

import io.chittychat.server.chat.Failures;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.PublishResponse;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call that counts as waiting until it serves a participant, or ends. It also ends a PublishStream that has had no
 * message of a participant when its timeout passes.
 *
 * <p>Threading: any thread; sending, and ending by the timeout, exclude each other.
 */
final class WaitingCall<Q, S> extends SimpleForwardingServerCall<Q, S> {

    private static final String PUBLISH_STREAM =
            ChatServiceGrpc.getPublishStreamMethod().getFullMethodName();

    private static final String BROADCAST = ChatServiceGrpc.getBroadcastMethod().getFullMethodName();

    private final Runnable onRelease;
    private final ServiceLog log;
    private final AtomicBoolean counted = new AtomicBoolean(true);
    private volatile @Nullable Future<?> expiry;
    private boolean closed; // guarded by this
    private volatile boolean expired;

    /** @param onRelease called once, when the call no longer counts as waiting */
    WaitingCall(ServerCall<Q, S> call, Runnable onRelease, ServiceLog log) {
        super(call);
        this.onRelease = onRelease;
        this.log = log;
    }

    /** Starts the timeout of a PublishStream; does nothing for other calls. */
    void endUnlessUsed(Listener<Q> listener, ScheduledExecutorService loop, Duration timeout) {
        if (counted.get() && getMethodDescriptor().getFullMethodName().equals(PUBLISH_STREAM)) {
            expiry = loop.schedule(() -> expire(listener), timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void expire(Listener<Q> listener) {
        synchronized (this) {
            if (closed || !counted.get()) {
                return;
            }
            closed = true;
            expired = true;
            CallRefusal.refuse(delegate(), Failures.sessionUnknown(), log);
        }
        release();
        listener.onCancel(); // gRPC does not tell the method about a close by the server
    }

    /** Whether the call was ended by the timeout. */
    boolean isExpired() {
        return expired;
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!closed) {
            super.sendHeaders(headers);
        }
    }

    @Override
    public void sendMessage(S message) {
        synchronized (this) {
            if (!closed) {
                super.sendMessage(message);
            }
        }
        if (getMethodDescriptor().getFullMethodName().equals(BROADCAST)
                || (message instanceof PublishResponse response && !response.hasError())) {
            release();
        }
    }

    @Override
    public void close(Status status, Metadata trailers) {
        synchronized (this) {
            if (expired) {
                return;
            }
            closed = true;
            super.close(status, trailers);
        }
        release();
    }

    /** The call no longer counts as waiting. */
    void release() {
        if (counted.compareAndSet(true, false)) {
            onRelease.run();
            Future<?> timer = expiry;
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }
}
