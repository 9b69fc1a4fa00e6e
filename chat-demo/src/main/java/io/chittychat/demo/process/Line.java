package io.chittychat.demo.process;

import io.chittychat.process.ProcessFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A TCP relay between a participant and the service that can be cut and mended, and can be slow or unreliable. Its owner changes
 * it from one thread; each direction of each connection has a thread of its own.
 */
public final class Line implements AutoCloseable {

    private final InetSocketAddress service;
    private final int port;
    private final Set<LineConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger breaks = new AtomicInteger();
    private volatile LineQuality quality = LineQuality.GOOD;
    private volatile @Nullable ServerSocket socket;
    private @Nullable Thread accepting;

    /**
     * A good line.
     *
     * @param service host and port; the service need not listen yet
     * @throws ProcessFailedException if there is no free port
     */
    public Line(String service) {
        int colon = service.lastIndexOf(':');
        this.service =
                new InetSocketAddress(service.substring(0, colon), Integer.parseInt(service.substring(colon + 1)));
        this.port = listen(0);
    }

    /** Host and port for the participant. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Closes all connections, and accepts none. */
    public void cut() {
        ServerSocket listening = socket;
        Thread listener = accepting;
        socket = null;
        accepting = null;
        if (listening != null && listener != null) {
            try {
                listening.close();
                listener.join(); // the kernel accepts callers until accept has returned
            } catch (IOException e) {
                throw new ProcessFailedException("cannot cut the line: " + e, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProcessFailedException("interrupted while the line is cut", e);
            }
        }
        open.forEach(LineConnection::close);
    }

    /** Accepts connections again, on a good line. */
    public void mend() {
        quality = LineQuality.GOOD;
        if (socket == null) {
            listen(port);
        }
    }

    /** Delays everything, in both directions. */
    public void slow(Duration delay) {
        quality = quality.with(delay);
    }

    /** Breaks each connection after some bytes; a new connection is accepted. */
    public void unreliable(RandomGenerator random) {
        quality = quality.with(random);
        breaks.addAndGet(open.size());
        open.forEach(LineConnection::close); // open connections began on a good line
    }

    /** How often it broke at random. */
    public int breaks() {
        return breaks.get();
    }

    private int listen(int on) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on));
            socket = listening;
            accepting = LineConnection.start("line-accept", () -> {
                while (true) {
                    connect(listening.accept());
                }
            });
            return listening.getLocalPort();
        } catch (IOException e) {
            throw new ProcessFailedException("cannot open a line: " + e, e);
        }
    }

    private void connect(Socket caller) throws IOException {
        Socket called = new Socket();
        try {
            called.connect(service);
        } catch (IOException e) { // the service is down, and the caller must notice
            called.close();
            caller.close();
            return;
        }
        LineConnection connection = new LineConnection(caller, called, () -> quality, quality.bytesToBreak());
        open.add(connection);
        connection.relay(breaks::incrementAndGet, open::remove);
        if (socket == null) { // cut meanwhile
            connection.close();
        }
    }

    @Override
    public void close() {
        cut();
    }
}
