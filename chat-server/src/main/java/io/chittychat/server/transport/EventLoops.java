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
 * The threads of the gRPC server, {@code loop-1-1} and so on. Each serves some of the connections: it reads their
 * requests, runs their calls, serves their readers and writes their replies. Tasks on these threads must not block.
 *
 * <p>Threading: any thread.
 */
public final class EventLoops implements AutoCloseable {

    private static final boolean NATIVE = Epoll.isAvailable();

    /**
     * The most bytes read from a connection before the thread serves its other connections. Netty's default is 16 reads
     * of 64 KB, which, full of tiny frames, keep a thread busy for a second.
     */
    private static final int TURN = 16 * 1024;

    private static final int FIRST_READ = 2 * 1024; // bytes that a new connection is expected to send
    private static final int SMALLEST_READ = 64;

    private final EventLoopGroup group;

    /** @param count the number of threads */
    public EventLoops(int count) {
        IoHandlerFactory handlers = NATIVE ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("loop", true), handlers);
    }

    /** The event loop that is the current thread; any loop if it is none, for example in an in-process call. */
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
