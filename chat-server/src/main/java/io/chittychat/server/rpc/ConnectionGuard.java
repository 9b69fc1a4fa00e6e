package io.chittychat.server.rpc;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFactory;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import java.util.function.Predicate;

/**
 * Closes connections as they arrive, before anything is read from them or encrypted for them, when there are too many
 * from one place.
 *
 * <p>Threading: the event loop that accepts connections, and those that see them closed.
 */
@Sharable
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

    private final OriginCounts counts = new OriginCounts();
    private final int max;
    private final Predicate<Origin> limited;

    /** @param max so many from each place for which there is a limit */
    ConnectionGuard(int max, Predicate<Origin> limited) {
        this.max = max;
        this.limited = limited;
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
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        if (accepted instanceof Channel connection) {
            Origin origin = Origin.of(connection.remoteAddress());
            if (limited.test(origin)) {
                if (!counts.add(origin, max)) {
                    connection.unsafe().closeForcibly();
                    return;
                }
                connection.closeFuture().addListener(closed -> counts.remove(origin));
            }
        }
        context.fireChannelRead(accepted);
    }
}
