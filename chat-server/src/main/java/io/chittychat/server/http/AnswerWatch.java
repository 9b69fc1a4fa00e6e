package io.chittychat.server.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Follows what the connections do. Notices that a client goes away while its call is being answered: Tomcat would see
 * that only when it writes, and a quiet stream may write nothing for hours.
 *
 * <p>Threading: Tomcat's threads; each call holds the lock of its connection.
 */
final class AnswerWatch implements Handler<NioChannel> {

    /** Gives the connection on which this thread works its timeouts back. */
    private static final ThreadLocal<@Nullable Runnable> TIMEOUTS = new ThreadLocal<>();

    private static final int NEVER = -1;

    private final Handler<NioChannel> tomcat;
    private final FairEndpoint endpoint;

    AnswerWatch(Handler<NioChannel> tomcat, FairEndpoint endpoint) {
        this.tomcat = tomcat;
        this.endpoint = endpoint;
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
        if (event == SocketEvent.OPEN_READ && isBeingAnswered(connection)) {
            return listen(connection);
        }
        endpoint.heard(connection);
        TIMEOUTS.set(() -> limit(connection, endpoint.getConnectionTimeout()));
        try {
            return note(connection, tomcat.process(connection, event));
        } finally {
            TIMEOUTS.remove();
        }
    }

    /** A request has begun on this thread's connection, perhaps after a call whose answer had no timeouts. */
    static void requestBegins() {
        Runnable timeouts = TIMEOUTS.get();
        if (timeouts != null) { // those of HTTP/2 are Tomcat's affair
            timeouts.run();
        }
    }

    /** Limits how long each read and each write may take. */
    private static void limit(SocketWrapperBase<NioChannel> connection, int millis) {
        connection.setReadTimeout(millis);
        connection.setWriteTimeout(millis);
    }

    private SocketState note(SocketWrapperBase<NioChannel> connection, SocketState state) {
        if (state != SocketState.CLOSED
                && connection.getCurrentProcessor() instanceof Processor processor
                && processor.isUpgrade()) {
            return endpoint.mayUseHttp2(connection) ? state : SocketState.CLOSED;
        }
        switch (state) {
            case LONG -> {
                if (isBeingAnswered(connection)) {
                    endpoint.waitsNoMore(connection);
                    return listen(connection);
                }
            }
            case OPEN -> endpoint.waitsForNext(connection);
            case CLOSED -> endpoint.ended(connection);
            default -> {
                // the request has not ended
            }
        }
        return state;
    }

    /** Whether the request is complete, and its answer is under way without a thread. */
    private static boolean isBeingAnswered(SocketWrapperBase<NioChannel> connection) {
        return connection.getCurrentProcessor() instanceof Processor processor
                && !processor.isUpgrade()
                && processor.isAsync()
                && isStarted(processor.getRequest())
                && processor.getRequest().isFinished();
    }

    private static boolean isStarted(Request request) {
        AtomicBoolean started = new AtomicBoolean();
        request.action(ActionCode.ASYNC_IS_STARTED, started);
        return started.get();
    }

    /**
     * Waits until the client sends something or goes away. What it sends is its next request, which stays in the buffer
     * until this one is answered. Both sides may be silent for as long as they like: the service ends calls whose client
     * does not read.
     */
    private SocketState listen(SocketWrapperBase<NioChannel> connection) {
        limit(connection, NEVER);
        try {
            if (!connection.isReadyForRead()) {
                connection.registerReadInterest();
            }
            return SocketState.LONG;
        } catch (IOException e) {
            connection.setError(e);
            return note(connection, tomcat.process(connection, SocketEvent.ERROR));
        }
    }

    @Override
    public Object getGlobal() {
        return tomcat.getGlobal();
    }

    @Override
    public void release(SocketWrapperBase<NioChannel> connection) {
        endpoint.ended(connection);
        tomcat.release(connection);
    }

    @Override
    public void pause() {
        tomcat.pause();
    }

    @Override
    public void recycle() {
        tomcat.recycle();
    }
}
