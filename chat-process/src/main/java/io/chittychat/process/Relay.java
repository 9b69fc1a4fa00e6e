package io.chittychat.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP relay to a service at an address of its own, which can refuse and break connections. What happens to the bytes of a
 * connection is up to its {@link Course}.
 *
 * <p>Threading: any thread may call it. Each direction of each connection has a thread of its own.
 */
public final class Relay implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final InetAddress host;
    private final int port;
    private final InetSocketAddress service;
    private final Supplier<? extends Course> courses;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket listening;
    private @Nullable Thread accepting; // guarded by this

    /**
     * What happens to the bytes of one connection. When a method returns or throws, the connection is closed at both ends.
     *
     * <p>Threading: each direction has a thread of its own.
     */
    public interface Course {

        /** Transports what the caller sends. */
        default void toService(InputStream caller, OutputStream service) throws IOException {
            transport(caller, service);
        }

        /** Transports what the service sends. */
        default void toCaller(InputStream service, OutputStream caller) throws IOException {
            transport(service, caller);
        }

        /** Transports bytes in one direction, until they end. */
        default void transport(InputStream from, OutputStream to) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                if (!pass(buffer, count, to)) {
                    return;
                }
            }
        }

        /** Transports the first bytes of a buffer. Returns whether the connection goes on. */
        default boolean pass(byte[] buffer, int count, OutputStream to) throws IOException {
            to.write(buffer, 0, count);
            return true;
        }
    }

    private record Connection(Socket caller, Socket called) {
        void close() {
            Relay.close(caller);
            Relay.close(called);
        }
    }

    /**
     * A relay on a free port of the loopback interface.
     *
     * @param service need not listen yet
     * @param courses supplies the course of each connection
     * @throws ProcessFailedException if there is no free port
     */
    public Relay(InetSocketAddress service, Supplier<? extends Course> courses) {
        this(InetAddress.getLoopbackAddress(), service, courses);
    }

    /**
     * A relay on a free port.
     *
     * @param host the address at which it listens
     */
    public Relay(InetAddress host, InetSocketAddress service, Supplier<? extends Course> courses) {
        this.host = host;
        this.service = service;
        this.courses = courses;
        this.port = listen(0);
    }

    /** The address of a service on the loopback interface. */
    public static InetSocketAddress onLoopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public int port() {
        return port;
    }

    /** Host and port, for callers. */
    public String address() {
        return host.getHostAddress() + ":" + port;
    }

    /** Breaks all connections. Returns how many there were. */
    public int cut() {
        int count = 0;
        for (Connection connection : open) {
            connection.close();
            count++;
        }
        return count;
    }

    /** Breaks all connections, and refuses new ones until {@link #open}. */
    public synchronized void refuse() {
        ServerSocket socket = listening;
        Thread acceptor = accepting;
        listening = null;
        accepting = null;
        if (socket != null && acceptor != null) {
            try {
                socket.close();
                acceptor.join(); // the kernel accepts callers until accept has returned
            } catch (IOException e) {
                throw new ProcessFailedException("cannot close a relay: " + e, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProcessFailedException("interrupted while a relay is closed", e);
            }
        }
        cut();
    }

    /** Accepts connections again, at the same address. */
    public synchronized void open() {
        if (listening == null) {
            listen(port);
        }
    }

    private synchronized int listen(int on) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, on));
            listening = socket;
            accepting = start("relay-accept", () -> {
                while (true) {
                    connect(socket.accept());
                }
            });
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ProcessFailedException("cannot open a relay: " + e, e);
        }
    }

    private void connect(Socket caller) {
        Connection connection = new Connection(caller, new Socket());
        open.add(connection);
        try {
            connection.called().connect(service);
        } catch (IOException e) { // the service is down, and the caller must notice
            end(connection);
            return;
        }
        Course course = courses.get();
        start("relay-out", () -> {
            try {
                course.toService(caller.getInputStream(), connection.called().getOutputStream());
            } finally {
                end(connection);
            }
        });
        start("relay-back", () -> {
            try {
                course.toCaller(connection.called().getInputStream(), caller.getOutputStream());
            } finally {
                end(connection);
            }
        });
        if (listening == null) { // refused meanwhile
            connection.close();
        }
    }

    private void end(Connection connection) {
        connection.close();
        open.remove(connection);
    }

    private static void close(Socket end) {
        try {
            end.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Works in a thread until an end closes the connection. */
    private static Thread start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // closed
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        refuse();
    }
}
