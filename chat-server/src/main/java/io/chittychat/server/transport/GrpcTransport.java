package io.chittychat.server.transport;

import io.chittychat.server.observe.ServiceLog;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Configures the gRPC server: limits of connections and calls, event loops, encryption.
 *
 * <p>Threading: used by one thread, while the server is being built.
 */
public final class GrpcTransport {

    private static final int RESET_WINDOW = 10; // seconds
    private static final int WINDOW = 64 * 1024; // bytes that a call may send before it is read; many requests

    private final GrpcSettings settings;
    private final EventLoops loops;
    private final ServerTls tls;
    private final ConnectionWatch watch;
    private final ConnectionLimit connections;
    private final UnservedCalls unserved;
    private final CallLimit calls;

    /** @param totals counts the memory and the waiting calls of all connections */
    public GrpcTransport(
            GrpcSettings settings, EventLoops loops, ServerTls tls, ConnectionTotals totals, ServiceLog log) {
        this.settings = settings;
        this.loops = loops;
        this.tls = tls;
        this.watch = new ConnectionWatch(settings, totals);
        int perAddress = settings.maxConnectionsPerAddress();
        this.connections = new ConnectionLimit(perAddress, limited(perAddress), log);
        this.unserved = new UnservedCalls(log);
        this.calls = new CallLimit(settings, totals, limited(settings.maxWaitingCallsPerAddress()), log);
    }

    /** Loopback is not limited: it may be a local proxy. */
    private static Predicate<Origin> limited(int perAddress) {
        return origin -> perAddress > 0 && !origin.isLoopback();
    }

    /**
     * Configures a server. Calls run on the event loop of their connection, because two changes of thread cost more
     * than most calls; methods that may block use {@link CallThreads}.
     */
    public void configure(ServerBuilder<?> server) {
        server.maxInboundMessageSize(Math.toIntExact(settings.maxMessageSize().toBytes()))
                .maxInboundMetadataSize(
                        Math.toIntExact(settings.maxMetadataSize().toBytes()));
        if (server instanceof NettyServerBuilder netty) {
            loops.use(netty, guard());
            tls.use(netty);
            configure(netty);
        }
        server.addTransportFilter(connections)
                .addStreamTracerFactory(unserved)
                .addTransportFilter(watch)
                .directExecutor();
    }

    /** Twice the limit, so that clients slightly over it still get an error that says why. */
    private ConnectionGuard guard() {
        int perAddress = settings.maxConnectionsPerAddress();
        return new ConnectionGuard(2 * perAddress, limited(perAddress), watch::accepted);
    }

    private void configure(NettyServerBuilder netty) {
        netty.maxConcurrentCallsPerConnection(settings.maxCallsPerConnection())
                .maxRstFramesPerWindow(settings.maxResetsPerSecond() * RESET_WINDOW, RESET_WINDOW)
                .keepAliveTime(settings.keepaliveTime().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(settings.keepaliveTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveTime(settings.permitKeepaliveTime().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true)
                .flowControlWindow(WINDOW)
                .handshakeTimeout(settings.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        if (!settings.maxConnectionAge().isZero()) {
            netty.maxConnectionAge(settings.maxConnectionAge().toNanos(), TimeUnit.NANOSECONDS)
                    .maxConnectionAgeGrace(settings.maxConnectionAgeGrace().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Logs calls that gRPC refused. It must be the outermost interceptor, to see the refusals of all others. */
    public ServerInterceptor unservedCalls() {
        return unserved;
    }

    /** Refuses the calls of connections above the limit per address. */
    public ServerInterceptor connectionLimit() {
        return connections;
    }

    /** Refuses calls while too many wait. */
    public ServerInterceptor callLimit() {
        return calls;
    }
}
