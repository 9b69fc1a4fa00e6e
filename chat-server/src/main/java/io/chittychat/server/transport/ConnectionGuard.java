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
 * Closes connections as they arrive, before anything is read from them or encrypted for them, when there are too many
 * from one place.
 *
 * <p>Threading: the event loop that accepts connections, and those that see them closed.
 */
@Sharable
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

    private final Counts<Origin> counts = new Counts<>();
    private final int max;
    private final Predicate<Origin> limited;
    private final Consumer<Channel> accepted;

    /**
     * A guard.
     *
     * @param max so many from each place for which there is a limit
     * @param accepted is given each connection that is let in
     */
    ConnectionGuard(int max, Predicate<Origin> limited, Consumer<Channel> accepted) {
        this.max = max;
        this.limited = limited;
        this.accepted = accepted;
    }

    /** Server channels that hand their connections to this guard first. */
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
