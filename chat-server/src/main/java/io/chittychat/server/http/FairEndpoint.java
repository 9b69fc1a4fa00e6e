package io.chittychat.server.http;

import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Accepts every connection. When there are too many, in total or from one address, it closes the oldest of them that
 * waits for its client to send. A client that sends its request at once is answered long before its connection is the
 * oldest.
 *
 * <p>Threading: the thread that accepts connections, and the thread that closes late ones.
 */
final class FairEndpoint extends NioEndpoint {

    private final Deque<Visit> visits = new ArrayDeque<>(); // the oldest first; guarded by itself
    private volatile HttpLimits limits = new HttpLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofDays(1));

    /**
     * An open connection.
     *
     * @param from the client's address; null if it is not known
     * @param since when it was accepted, by {@link System#nanoTime}
     */
    private record Visit(
            SocketWrapperBase<NioChannel> connection,
            @Nullable InetAddress from,
            long since) {

        boolean isFrom(@Nullable InetAddress address) {
            return from != null && from.equals(address);
        }

        /**
         * Whether the connection waits for its client to send, or has ended. A thread that reads or answers holds the
         * lock. Tomcat takes the channel of a connection that it closes, at any moment.
         */
        boolean mayBeClosed() {
            SocketChannel channel = connection.getSocket().getIOChannel();
            return channel == null
                    || (channel.isRegistered() && !connection.getLock().isLocked());
        }
    }

    void limit(HttpLimits limits) {
        this.limits = limits;
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        InetAddress from = socket.socket().getInetAddress();
        synchronized (visits) {
            visits.removeIf(visit -> visit.connection().isClosed());
            makeRoom(visit -> true, limits.maxConnections());
            makeRoom(visit -> visit.isFrom(from), limits.maxConnectionsPerAddress());
        }
        if (!super.setSocketOptions(socket)) {
            return false;
        }
        SocketWrapperBase<NioChannel> connection = connections.get(socket);
        if (connection != null) {
            synchronized (visits) {
                visits.add(new Visit(connection, from, System.nanoTime()));
            }
        }
        return true;
    }

    /**
     * Closes the oldest waiting connections until there is room. Others stay open until the next connection arrives.
     */
    private void makeRoom(Predicate<Visit> which, int max) {
        long tooMany = visits.stream().filter(which).count() - max + 1;
        Iterator<Visit> oldest = visits.iterator();
        while (tooMany > 0 && oldest.hasNext()) {
            Visit visit = oldest.next();
            if (which.test(visit) && visit.mayBeClosed()) {
                oldest.remove();
                visit.connection().close();
                tooMany--;
            }
        }
    }

    /** Closes the connections that have been open for longer than the timeout. */
    void closeLate() {
        long now = System.nanoTime();
        long timeout = limits.requestTimeout().toNanos();
        synchronized (visits) {
            while (!visits.isEmpty() && now - visits.getFirst().since() >= timeout) {
                visits.removeFirst().connection().close();
            }
        }
    }
}
