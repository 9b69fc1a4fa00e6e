package io.chittychat.server.transport;

import io.chittychat.server.observe.ServiceLog;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What stands between the network and the services: limits of connections and calls, event loops, encryption.
 *
 * <p>Threading: used while the server is being built.
 */
public final class GrpcTransport {

    private static final int RESET_WINDOW = 10; // seconds
    private static final int WINDOW = 64 * 1024; // bytes that a call may send before it is read; many requests

    private final GrpcLimits limits;
    private final EventLoops loops;
    private final ServerTls tls;
    private final ConnectionWatch watch;
    private final ConnectionLimit connections;
    private final UnservedCalls unserved;
    private final CallLimit calls;

    /** @param totals counts what all connections keep */
    public GrpcTransport(GrpcLimits limits, EventLoops loops, ServerTls tls, ConnectionTotals totals, ServiceLog log) {
        this.limits = limits;
        this.loops = loops;
        this.tls = tls;
        this.watch = new ConnectionWatch(limits, totals);
        int perAddress = limits.connections().perAddress();
        this.connections = new ConnectionLimit(perAddress, limited(perAddress), log);
        this.unserved = new UnservedCalls(log);
        this.calls = new CallLimit(limits, totals, limited(limits.calls().waitingPerAddress()), log);
    }

    /** This machine may be a proxy for many. */
    private static Predicate<Origin> limited(int perAddress) {
        return origin -> perAddress > 0 && !origin.isLoopback();
    }

    /**
     * Has a server use all this. Calls run on their connection's event loop, since to change threads twice costs more than most
     * calls themselves; what may block is handed to {@link CallThreads} by the methods.
     */
    public void configure(ServerBuilder<?> server) {
        server.maxInboundMessageSize(limits.requests().maxSize())
                .maxInboundMetadataSize(limits.requests().maxMetadataSize());
        if (server instanceof NettyServerBuilder netty) {
            loops.use(netty, guard());
            tls.use(netty);
            configure(netty);
            configure(netty, limits.connections());
        }
        server.addTransportFilter(connections)
                .addStreamTracerFactory(unserved)
                .addTransportFilter(watch)
                .directExecutor();
    }

    /** Far enough above the limit that a connection a little over it is told why it is refused. */
    private ConnectionGuard guard() {
        int perAddress = limits.connections().perAddress();
        return new ConnectionGuard(2 * perAddress, limited(perAddress), watch::accepted);
    }

    private void configure(NettyServerBuilder netty) {
        netty.maxConcurrentCallsPerConnection(limits.calls().perConnection())
                .maxRstFramesPerWindow(limits.calls().resetsPerSecond() * RESET_WINDOW, RESET_WINDOW)
                .keepAliveTime(limits.keepalive().time().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(limits.keepalive().timeout().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveTime(limits.keepalive().permitted().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true)
                .flowControlWindow(WINDOW);
    }

    private static void configure(NettyServerBuilder netty, GrpcLimits.Connections connections) {
        netty.handshakeTimeout(connections.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        if (!connections.maxAge().isZero()) {
            netty.maxConnectionAge(connections.maxAge().toNanos(), TimeUnit.NANOSECONDS)
                    .maxConnectionAgeGrace(connections.maxAgeGrace().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Writes the lines of calls that nothing has answered; outside of all others, so that it sees what they refuse. */
    public ServerInterceptor unservedCalls() {
        return unserved;
    }

    /** Refuses the calls of connections that are too many. */
    public ServerInterceptor connectionLimit() {
        return connections;
    }

    /** Refuses calls when too many wait. */
    public ServerInterceptor callLimit() {
        return calls;
    }
}
