package io.chittychat.server.transport;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches a {@link WatchedConnection} to every connection once its client has sent its HTTP/2 settings, before its
 * first call.
 *
 * <p>Threading: any thread.
 */
final class ConnectionWatch extends ServerTransportFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);
    private static final Attributes.Key<WatchedConnection> KEY = Attributes.Key.create("chitty-watched");

    private final ConcurrentMap<Ends, Channel> accepted = new ConcurrentHashMap<>();
    private final GrpcSettings settings;
    private final ConnectionTotals totals;

    /** The two addresses of a connection, which identify it among all open ones. */
    private record Ends(
            @Nullable SocketAddress remote, @Nullable SocketAddress local) {}

    ConnectionWatch(GrpcSettings settings, ConnectionTotals totals) {
        this.settings = settings;
        this.totals = totals;
    }

    /** The connection of a call; null if the call did not come over the network. */
    static @Nullable WatchedConnection of(Attributes call) {
        return call.get(KEY);
    }

    /** Notes an accepted connection, because gRPC will later identify it only by its addresses. */
    void accepted(Channel channel) {
        Ends ends = new Ends(channel.remoteAddress(), channel.localAddress());
        accepted.put(ends, channel);
        channel.closeFuture().addListener(closed -> accepted.remove(ends, channel));
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        Channel channel = accepted.get(new Ends(
                attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), attributes.get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR)));
        Http2ConnectionHandler http2 =
                channel == null ? null : channel.pipeline().get(Http2ConnectionHandler.class);
        if (channel == null || http2 == null) {
            return attributes;
        }
        WatchedConnection connection = new WatchedConnection(channel, http2, settings, totals);
        try {
            connection.begin();
        } catch (Http2Exception e) {
            LOG.warn("Closed a connection that cannot be watched", e);
            channel.close();
        }
        return attributes.toBuilder().set(KEY, connection).build();
    }
}
