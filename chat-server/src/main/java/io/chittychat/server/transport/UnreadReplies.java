package io.chittychat.server.transport;

import io.grpc.netty.shaded.io.netty.buffer.ByteBufHolder;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;

/**
 * Counts what gRPC writes to a connection until the client has taken it: a window that stays closed keeps it in memory.
 *
 * <p>Threading: the event loop of the connection.
 */
final class UnreadReplies extends ChannelOutboundHandlerAdapter {

    private final WatchedConnection connection;

    UnreadReplies(WatchedConnection connection) {
        this.connection = connection;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBufHolder reply && reply.content().capacity() > 0) {
            int bytes = reply.content().capacity(); // which is what is kept
            connection.queued(bytes);
            context.write(message, promise.unvoid().addListener(sent -> connection.taken(bytes)));
        } else {
            context.write(message, promise);
        }
    }
}
