package io.chittychat.server.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
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

    /** What to do when a request begins on the connection on which this thread works. */
    private static final ThreadLocal<@Nullable BooleanSupplier> BEGIN = new ThreadLocal<>();

    private static final int NEVER = -1;
    private static final String TOO_MUCH = "too much was sent before the answer";

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
        BEGIN.set(() -> {
            limit(connection, endpoint.getConnectionTimeout());
            return endpoint.isCrowded(connection);
        });
        try {
            return note(connection, tomcat.process(connection, event));
        } finally {
            BEGIN.remove();
        }
    }

    /**
     * A request has begun on this thread's connection, perhaps after a call whose answer had no timeouts. Returns whether the
     * connection should end after the answer.
     */
    static boolean requestBegins() {
        BooleanSupplier begin = BEGIN.get();
        return begin != null && begin.getAsBoolean(); // the timeouts of HTTP/2 are Tomcat's affair
    }

    /** Limits how long each read and each write may take. */
    private static void limit(SocketWrapperBase<NioChannel> connection, int millis) {
        connection.setReadTimeout(millis);
        connection.setWriteTimeout(millis);
    }

    private SocketState note(SocketWrapperBase<NioChannel> connection, SocketState state) {
        if (state != SocketState.CLOSED && isUpgraded(connection)) {
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

    private static boolean isUpgraded(SocketWrapperBase<NioChannel> connection) {
        return connection.getCurrentProcessor() instanceof Processor processor && processor.isUpgrade();
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
     * Waits until the client goes away. What it sends is its next request, which stays in the buffer until this one is
     * answered; a client that sends more than the buffer takes is not waited for. Both sides may be silent for as long as they like: the service ends calls whose client
     * does not read.
     */
    private SocketState listen(SocketWrapperBase<NioChannel> connection) {
        limit(connection, NEVER);
        try {
            readAhead(connection.getSocket());
            connection.registerReadInterest();
            return SocketState.LONG;
        } catch (IOException e) {
            connection.setError(e);
            return note(connection, tomcat.process(connection, SocketEvent.ERROR));
        }
    }

    /** Reads what has arrived, behind what was read before. */
    private static void readAhead(NioChannel channel) throws IOException {
        SocketBufferHandler buffers = channel.getBufHandler();
        buffers.configureReadBufferForWrite();
        int count;
        do {
            ByteBuffer ahead = buffers.getReadBuffer(); // another one each time, if it had to grow
            if (!ahead.hasRemaining()) {
                throw new IOException(TOO_MUCH);
            }
            count = ahead.position() == 0 ? channel.read(ahead) : readBehind(ahead, channel);
        } while (count > 0);
        if (count < 0) {
            throw new EOFException();
        }
    }

    /** A record of TLS needs a whole buffer: Tomcat would try for ever to put it into the rest of one. */
    private static int readBehind(ByteBuffer ahead, NioChannel channel) throws IOException {
        ByteBuffer more = ByteBuffer.allocate(ahead.capacity());
        int count = channel.read(more);
        if (more.flip().remaining() > ahead.remaining()) {
            throw new IOException(TOO_MUCH);
        }
        ahead.put(more);
        return count;
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
