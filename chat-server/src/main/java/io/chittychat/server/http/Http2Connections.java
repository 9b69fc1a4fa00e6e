package io.chittychat.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.coyote.Adapter;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * The connections of HTTP/2: limits their number, and gives each a {@link Backlog}.
 *
 * <p>Threading: any thread.
 */
final class Http2Connections {

    private final Backlogs backlogs;
    private final HttpLimits limits;
    private final Http2Requests requests = new Http2Requests();

    // Guarded by this.
    private final Map<SocketWrapperBase<NioChannel>, Backlog> begun = new HashMap<>();
    private final Map<SocketWrapperBase<NioChannel>, InetAddress> counted = new HashMap<>();

    Http2Connections(HttpLimits limits, UnreadLimits unread) {
        this.limits = limits;
        this.backlogs = Backlogs.start(unread);
    }

    /**
     * A connection begins to use HTTP/2.
     *
     * @param attribute see {@link BoundedHttp2}
     * @return what passes its requests to Tomcat
     */
    Adapter begin(SocketWrapperBase<NioChannel> connection, String attribute, Adapter tomcat) {
        SocketChannel socket = connection.getSocket().getIOChannel();
        if (socket == null || !(connection.getSocket() instanceof BackloggedChannel channel)) {
            return tomcat; // it has ended
        }
        Runnable close = () -> close(connection);
        Backlog backlog = new Backlog(socket, backlogs, close);
        channel.use(backlog);
        synchronized (this) {
            begun.put(connection, backlog);
            if (connection.isClosed()) { // and may have been told to have ended already
                begun.remove(connection);
                backlog.end();
            }
        }
        return new Http2Connection(
                attribute, tomcat, requests, backlog, socket.socket().getInetAddress(), close);
    }

    /** Tells the connection's calls, too; a thread of Tomcat does it, because it may have to wait for locks. */
    private static void close(SocketWrapperBase<NioChannel> connection) {
        connection.setError(new IOException("the client does not read"));
        connection.processSocket(SocketEvent.ERROR, true);
    }

    /** Counts a connection. Returns whether there are not too many. */
    boolean mayStay(SocketWrapperBase<NioChannel> connection) {
        SocketChannel socket = connection.getSocket().getIOChannel();
        if (socket == null) {
            return false; // it has ended
        }
        synchronized (this) {
            if (counted.containsKey(connection)) {
                return true;
            }
            InetAddress from = socket.socket().getInetAddress();
            boolean isLimited = limits.maxHttp2ConnectionsPerAddress() > 0 && FairEndpoint.isLimited(from);
            if (counted.size() >= limits.maxHttp2Connections()
                    || (isLimited
                            && counted.values().stream().filter(from::equals).count()
                                    >= limits.maxHttp2ConnectionsPerAddress())) {
                return false;
            }
            counted.put(connection, from);
            if (connection.isClosed()) { // and may have been told to have ended already
                counted.remove(connection);
                return false;
            }
            return true;
        }
    }

    /** A connection has ended, perhaps one of HTTP/1.1. */
    void ended(SocketWrapperBase<NioChannel> connection) {
        Backlog backlog;
        synchronized (this) {
            counted.remove(connection);
            backlog = begun.remove(connection);
        }
        if (backlog != null) {
            backlog.end();
        }
    }

    /** Closes the connections whose clients take too long to read. */
    void closeOverdue() {
        requests.closeWaiting();
        List<Backlog> all;
        synchronized (this) {
            all = new ArrayList<>(begun.values());
        }
        long now = System.nanoTime();
        all.forEach(backlog -> backlog.closeIfOverdue(now));
    }

    /** The port ends. */
    void close() {
        backlogs.close();
    }
}
