package io.chittychat.server.rpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ReflectiveChannelFactory;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the gRPC server, {@code loop-1-1} and so on. Each looks after some connections: it
 * reads their requests, runs their calls, serves their readers and writes what they are sent. What it runs must not
 * block.
 *
 * <p>Threading: any thread.
 */
public final class EventLoops implements AutoCloseable {

    private static final boolean NATIVE = Epoll.isAvailable();

    private final EventLoopGroup group;

    /** @param count how many threads */
    public EventLoops(int count) {
        IoHandlerFactory handlers = NATIVE ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("loop", true), handlers);
    }

    /** The one that this is called on; of a call that did not come over the network, any. */
    ScheduledExecutorService current() {
        for (EventExecutor loop : group) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return group.next();
    }

    void use(NettyServerBuilder server, ConnectionGuard guard) {
        Class<? extends ServerChannel> channel = NATIVE ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        server.channelFactory(guard.guarded(new ReflectiveChannelFactory<>(channel)))
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
