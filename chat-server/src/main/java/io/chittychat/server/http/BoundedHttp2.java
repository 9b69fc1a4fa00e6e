package io.chittychat.server.http;

import java.util.function.BiFunction;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's HTTP/2 with connections that are {@link Http2Connections}, and buffers of a size that calls need. */
final class BoundedHttp2 extends Http2Protocol {

    private static final int WINDOW = 8 * 1024; // bytes of a body; for each call, Tomcat has two buffers of this size

    private final BiFunction<SocketWrapperBase<NioChannel>, Adapter, Adapter> connections;

    /** @param connections begins a connection */
    BoundedHttp2(BiFunction<SocketWrapperBase<NioChannel>, Adapter, Adapter> connections) {
        this.connections = connections;
        setInitialWindowSize(WINDOW);
    }

    @Override
    @SuppressWarnings("unchecked") // the endpoint's channels have this type
    public InternalHttpUpgradeHandler getInternalUpgradeHandler(
            SocketWrapperBase<?> connection, Adapter adapter, Request request) {
        return super.getInternalUpgradeHandler(
                connection, connections.apply((SocketWrapperBase<NioChannel>) connection, adapter), request);
    }
}
