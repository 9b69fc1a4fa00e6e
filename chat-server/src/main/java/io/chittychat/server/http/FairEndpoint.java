package io.chittychat.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import jdk.net.ExtendedSocketOptions;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Accepts every connection. When too many wait for their client, in total or from one address, it closes the oldest of
 * them. A client that sends its request at once is answered long before its connection is the oldest. Connections whose
 * call is being answered are not counted: other limits apply to calls.
 *
 * <p>Threading: the thread that accepts connections, Tomcat's other threads, and the thread that closes late ones.
 */
final class FairEndpoint extends NioEndpoint {

    private static final int PROBE_AFTER = 10; // seconds of silence, as over gRPC
    private static final int PROBE_EVERY = 5; // seconds
    private static final int PROBES = 2;

    /** The connections that wait, the one that has waited longest first; guarded by itself. */
    private final Map<SocketWrapperBase<NioChannel>, Waiting> waiting = new LinkedHashMap<>();

    private volatile HttpLimits limits = HttpLimits.NONE;
    private volatile @Nullable Http2Connections http2; // null unless HTTP/2 is on

    /**
     * How a connection waits.
     *
     * @param from the client's address; null if it is not known
     * @param since the begin of its request, or of the wait for it, by {@link System#nanoTime}
     * @param isIdle whether nothing of the next request has arrived
     */
    private record Waiting(@Nullable InetAddress from, long since, boolean isIdle) {

        boolean isFrom(@Nullable InetAddress address) {
            return from != null && from.equals(address);
        }
    }

    void limit(HttpLimits limits) {
        this.limits = limits;
    }

    /** Lets connections use HTTP/2. */
    void use(Http2Connections http2) {
        this.http2 = http2;
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffers) {
        return isSSLEnabled() ? new TlsChannel(buffers, this) : new PlainChannel(buffers);
    }

    @Override
    public void setHandler(Handler<NioChannel> handler) {
        super.setHandler(new AnswerWatch(handler, this));
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        InetAddress from = socket.socket().getInetAddress();
        synchronized (waiting) {
            waiting.keySet().removeIf(SocketWrapperBase::isClosed);
            makeRoom(visit -> true, limits.maxConnections());
            if (isLimited(from)) {
                makeRoom(visit -> visit.isFrom(from), limits.maxConnectionsPerAddress());
            }
        }
        findSilentlyLost(socket);
        synchronized (waiting) { // its request may be there already, and must not be served before the connection waits
            if (!super.setSocketOptions(socket)) {
                return false;
            }
            SocketWrapperBase<NioChannel> connection = connections.get(socket);
            if (connection != null) {
                waiting.put(connection, new Waiting(from, System.nanoTime(), false));
            }
        }
        return true;
    }

    /** Lets the operating system notice a client that has vanished without a word, where it can be asked to. */
    private static void findSilentlyLost(SocketChannel socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, PROBE_AFTER);
                socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_EVERY);
                socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
            }
        } catch (IOException e) {
            // it has ended already, which will be noticed
        }
    }

    /**
     * Closes the oldest waiting connections until there is room. Others stay open until the next connection arrives.
     */
    private void makeRoom(Predicate<Waiting> which, int max) {
        long tooMany = waiting.values().stream().filter(which).count() - max + 1;
        Iterator<Map.Entry<SocketWrapperBase<NioChannel>, Waiting>> oldest =
                waiting.entrySet().iterator();
        while (tooMany > 0 && oldest.hasNext()) {
            Map.Entry<SocketWrapperBase<NioChannel>, Waiting> visit = oldest.next();
            if (which.test(visit.getValue()) && mayBeClosed(visit.getKey())) {
                oldest.remove();
                end(visit.getKey());
                tooMany--;
            }
        }
    }

    /**
     * Whether the connection waits for its client to send, or has ended. A thread that reads or answers holds the lock.
     * Tomcat takes the channel of a connection that it closes, at any moment.
     */
    private static boolean mayBeClosed(SocketWrapperBase<NioChannel> connection) {
        SocketChannel channel = connection.getSocket().getIOChannel();
        return channel == null
                || (channel.isRegistered() && !connection.getLock().isLocked());
    }

    /** A part of a request has arrived, or the answer goes on. */
    void heard(SocketWrapperBase<NioChannel> connection) {
        synchronized (waiting) {
            Waiting idle = waiting.get(connection);
            if (idle != null && idle.isIdle()) {
                waiting.remove(connection); // to the end of the order
                waiting.put(connection, new Waiting(idle.from(), System.nanoTime(), false));
            }
        }
    }

    /**
     * Whether so many connections wait, in total or from this one's address, that it should end with its answer instead of
     * waiting for the next request: there must be room for new ones.
     */
    boolean isCrowded(SocketWrapperBase<NioChannel> connection) {
        synchronized (waiting) {
            Waiting own = waiting.get(connection);
            return waiting.size() > limits.maxConnections() / 2
                    || (own != null
                            && isLimited(own.from())
                            && waiting.values().stream()
                                            .filter(visit -> visit.isFrom(own.from()))
                                            .count()
                                    > limits.maxConnectionsPerAddress() / 2);
        }
    }

    /** Loopback is not limited by address: it may be a local proxy. */
    static boolean isLimited(@Nullable InetAddress from) {
        return from != null && !from.isLoopbackAddress();
    }

    /** The connection's call is being answered. */
    void waitsNoMore(SocketWrapperBase<NioChannel> connection) {
        synchronized (waiting) {
            waiting.remove(connection);
        }
    }

    /** The connection has ended. */
    void ended(SocketWrapperBase<NioChannel> connection) {
        waitsNoMore(connection);
        Http2Connections all = http2;
        if (all != null) {
            all.ended(connection);
        }
    }

    /** The connection uses HTTP/2. Returns whether it may: there must not be too many of them. */
    boolean mayUseHttp2(SocketWrapperBase<NioChannel> connection) {
        waitsNoMore(connection);
        Http2Connections all = http2;
        return all != null && all.mayStay(connection);
    }

    /** The connection waits for its next request. */
    void waitsForNext(SocketWrapperBase<NioChannel> connection) {
        SocketChannel channel = connection.getSocket().getIOChannel();
        if (channel != null) {
            synchronized (waiting) {
                waiting.remove(connection);
                waiting.put(connection, new Waiting(channel.socket().getInetAddress(), System.nanoTime(), true));
            }
        }
    }

    /** Closes the connections that have waited for longer than the timeout. */
    void closeLate() {
        long now = System.nanoTime();
        long timeout = limits.requestTimeout().toNanos();
        synchronized (waiting) {
            Iterator<Map.Entry<SocketWrapperBase<NioChannel>, Waiting>> oldest =
                    waiting.entrySet().iterator();
            while (oldest.hasNext()) {
                Map.Entry<SocketWrapperBase<NioChannel>, Waiting> visit = oldest.next();
                if (now - visit.getValue().since() < timeout) {
                    return;
                }
                oldest.remove();
                end(visit.getKey());
            }
        }
    }

    /** A call whose request is incomplete must be told; without one, the connection is closed at once. */
    private void end(SocketWrapperBase<NioChannel> connection) {
        if (connection.getCurrentProcessor() instanceof Processor processor && processor.isAsync()) {
            connection.setError(new SocketTimeoutException("the request takes too long"));
            processSocket(connection, SocketEvent.ERROR, true);
        } else {
            connection.close();
        }
    }
}
