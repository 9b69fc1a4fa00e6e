package io.chittychat.server.transport;

import io.grpc.netty.shaded.io.netty.buffer.ByteBufHolder;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;

/**
 * Counts the bytes that gRPC writes to a connection until they are sent. They stay in memory while the client keeps its
 * flow-control window closed.
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
            int bytes = reply.content().capacity(); // the memory it takes, which may be more than its data
            connection.queued(bytes);
            context.write(message, promise.unvoid().addListener(sent -> connection.taken(bytes)));
        } else {
            context.write(message, promise);
        }
    }
}
