package io.chittychat.server.transport;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.RecvByteBufAllocator;
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

    /**
     * What is read of a connection, in bytes, before the others of its thread have their turn. Netty's own limit is 16
     * times 64 KB, and as many frames of a few bytes keep a thread busy for a second.
     */
    private static final int TURN = 16 * 1024;

    private static final int FIRST_READ = 2 * 1024; // bytes that a new connection is expected to send
    private static final int SMALLEST_READ = 64;

    private final EventLoopGroup group;

    /** @param count how many threads */
    public EventLoops(int count) {
        IoHandlerFactory handlers = NATIVE ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("loop", true), handlers);
    }

    /** The one that this is called on; of a call that did not come over the network, any. */
    public ScheduledExecutorService current() {
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
                .workerEventLoopGroup(group)
                .withChildOption(ChannelOption.RECVBUF_ALLOCATOR, oneReadATurn());
    }

    private static RecvByteBufAllocator oneReadATurn() {
        return new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, TURN).maxMessagesPerRead(1);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
