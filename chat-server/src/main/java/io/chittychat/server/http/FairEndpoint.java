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
 * Lets every connection in: when there are too many, over all or from its address, the oldest one gives way that waits for
 * what its client sends. A request that is sent at once is answered long before its turn to give way comes.
 *
 * <p>Threading: the thread that accepts connections, and the one that looks for late ones.
 */
final class FairEndpoint extends NioEndpoint {

    private final Deque<Visit> visits = new ArrayDeque<>(); // the oldest first; guarded by itself
    private volatile HttpLimits limits = new HttpLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofDays(1));

    /** A connection, where it comes from, and since when it is there in nanoseconds. */
    private record Visit(
            SocketWrapperBase<NioChannel> connection,
            @Nullable InetAddress from,
            long since) {

        boolean isFrom(@Nullable InetAddress address) {
            return from != null && from.equals(address);
        }

        /** Whether it waits for what its client sends. A thread that reads or answers holds the lock. */
        boolean isWaiting() {
            return connection.getSocket().getIOChannel().isRegistered()
                    && !connection.getLock().isLocked();
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

    /** Connections that do not wait yet, or at the moment, are closed when more arrive. */
    private void makeRoom(Predicate<Visit> which, int max) {
        long tooMany = visits.stream().filter(which).count() - max + 1;
        Iterator<Visit> oldest = visits.iterator();
        while (tooMany > 0 && oldest.hasNext()) {
            Visit visit = oldest.next();
            if (which.test(visit) && visit.isWaiting()) {
                oldest.remove();
                visit.connection().close();
                tooMany--;
            }
        }
    }

    /** Closes the connections that have taken too long. */
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
