package io.chittychat.server.http;

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

    private @Nullable ScheduledFuture<?> watch;

    /** Tomcat calls it. */
    public ShortHttpProtocol() {
        super(new FairEndpoint());
    }

    /** Sets the limits. Call it before the start. */
    public void limit(HttpLimits limits) {
        endpoint().limit(limits);
    }

    private FairEndpoint endpoint() {
        return (FairEndpoint) getEndpoint();
    }

    @Override
    public void start() throws Exception {
        super.start();
        watch = getUtilityExecutor()
                .scheduleWithFixedDelay(endpoint()::closeLate, PERIOD, PERIOD, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (watch != null) {
            watch.cancel(false);
        }
        super.stop();
    }
}
