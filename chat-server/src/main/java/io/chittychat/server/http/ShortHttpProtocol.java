package io.chittychat.server.http;

import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/**
 * HTTP with a timeout for the whole of a request. Tomcat's own timeout applies to each read, so that a client that sends
 * its headers byte by byte would keep a connection forever.
 *
 * <p>Threading: the threads that start and stop Tomcat.
 */
public final class ShortHttpProtocol extends Http11NioProtocol {

    private static final int PERIOD = 500; // milliseconds

    /**
     * Bytes of the buffers for the body of a request and for a part of an answer; what is larger takes several turns. An open
     * stream holds twice as much for the first and three times as much for the second.
     */
    private static final int SMALL = 1024;

    private HttpLimits limits = HttpLimits.NONE;
    private @Nullable UnreadLimits unread; // null unless HTTP/2 is on
    private @Nullable Http2Connections http2; // while it runs, if HTTP/2 is on
    private @Nullable ScheduledFuture<?> watch;

    /** Tomcat calls it. */
    public ShortHttpProtocol() {
        super(new FairEndpoint());
        getEndpoint().getSocketProperties().setAppReadBufSize(SMALL);
    }

    @Override
    public int getDesiredBufferSize() {
        return SMALL;
    }

    /** Sets the limits. Call it before the start. */
    public void limit(HttpLimits limits) {
        this.limits = limits;
        endpoint().limit(limits);
    }

    /**
     * Adds HTTP/2, whose writes never wait for a client. Call it before the start.
     *
     * @param unread the limits of what its clients do not read
     * @param attribute of requests: a {@link java.util.function.Predicate} of tasks. If the client has not taken everything that
     *     was written on its connection, it takes a task, and runs it once the client has, on a thread that must not wait
     */
    public void useHttp2(UnreadLimits unread, String attribute) {
        this.unread = unread;
        addUpgradeProtocol(new BoundedHttp2(
                (connection, tomcat) -> Objects.requireNonNull(http2).begin(connection, attribute, tomcat)));
    }

    private FairEndpoint endpoint() {
        return (FairEndpoint) getEndpoint();
    }

    @Override
    public void start() throws Exception {
        if (unread != null) {
            http2 = new Http2Connections(limits, unread);
            endpoint().use(http2);
        }
        super.start();
        watch = getUtilityExecutor().scheduleWithFixedDelay(this::closeLate, PERIOD, PERIOD, TimeUnit.MILLISECONDS);
    }

    private void closeLate() {
        endpoint().closeLate();
        if (http2 != null) {
            http2.closeOverdue();
        }
    }

    @Override
    public void stop() throws Exception {
        if (watch != null) {
            watch.cancel(false);
        }
        super.stop();
        if (http2 != null) {
            http2.close();
        }
    }
}
