package io.chittychat.server.http;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/**
 * HTTP with one short request a connection: Tomcat's own timeouts are for each read, so that a client that sends its headers
 * byte by byte holds a connection for ever.
 *
 * <p>Threading: Tomcat's starting and stopping threads.
 */
public final class ShortHttpProtocol extends Http11NioProtocol {

    private static final int PERIOD = 500; // milliseconds

    private @Nullable ScheduledFuture<?> watch;

    /** Made by Tomcat. */
    public ShortHttpProtocol() {
        super(new FairEndpoint());
        setMaxKeepAliveRequests(1);
    }

    /** Sets what may be open; before it starts. */
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
