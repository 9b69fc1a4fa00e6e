package io.chittychat.server.transport;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFactory;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Closes a new connection if its origin has too many, before anything is read from it or encrypted for it.
 *
 * <p>Threading: the event loop that accepts connections, and the loops of the connections that close.
 */
@Sharable
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

    private final Counts<Origin> counts = new Counts<>();
    private final int max;
    private final Predicate<Origin> limited;
    private final Consumer<Channel> accepted;

    /**
     * Creates a guard.
     *
     * @param max the most connections of one origin
     * @param limited whether the limit applies to an origin
     * @param accepted takes each connection that is accepted
     */
    ConnectionGuard(int max, Predicate<Origin> limited, Consumer<Channel> accepted) {
        this.max = max;
        this.limited = limited;
        this.accepted = accepted;
    }

    /** Wraps a factory so that its server channels pass new connections to this guard first. */
    ChannelFactory<ServerChannel> guarded(ChannelFactory<? extends ServerChannel> channels) {
        return () -> {
            ServerChannel channel = channels.newChannel();
            channel.pipeline().addFirst(this);
            return channel;
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel connection) {
            Origin origin = Origin.of(connection.remoteAddress());
            if (limited.test(origin)) {
                if (!counts.add(origin, max)) {
                    connection.unsafe().closeForcibly();
                    return;
                }
                connection.closeFuture().addListener(closed -> counts.remove(origin));
            }
            accepted.accept(connection);
        }
        context.fireChannelRead(message);
    }
}
