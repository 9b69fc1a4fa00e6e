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

    private final GrpcSettings settings;
    private final EventLoops loops;
    private final ServerTls tls;
    private final ConnectionWatch watch;
    private final ConnectionLimit connections;
    private final UnservedCalls unserved;
    private final CallLimit calls;

    /** @param totals counts what all connections keep */
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

    /** This machine may be a proxy for many. */
    private static Predicate<Origin> limited(int perAddress) {
        return origin -> perAddress > 0 && !origin.isLoopback();
    }

    /**
     * Has a server use all this. Calls run on their connection's event loop, since to change threads twice costs more than most
     * calls themselves; what may block is handed to {@link CallThreads} by the methods.
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

    /** Far enough above the limit that a connection a little over it is told why it is refused. */
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
