package io.chittychat.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A TCP relay to a service at an address of its own, which can refuse, hang, and break its connections. */
final class Gate implements AutoCloseable {

    private final InetAddress host;
    private final int service;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean hanging;
    private @Nullable ServerSocket listening;
    private @Nullable Thread accepting;

    Gate(int service) throws IOException {
        this(InetAddress.getLoopbackAddress(), service);
    }

    Gate(InetAddress host, int service) throws IOException {
        this.host = host;
        this.service = service;
        this.port = listen(0);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Breaks its connections, and refuses new ones. */
    synchronized void refuse() throws IOException, InterruptedException {
        ServerSocket open = listening;
        Thread acceptor = accepting;
        listening = null;
        if (open != null && acceptor != null) {
            open.close();
            acceptor.join(); // the kernel accepts callers until accept has returned
        }
        cut();
    }

    /** Breaks its connections. */
    void cut() throws IOException {
        for (Socket end : ends) {
            end.close();
        }
    }

    /** Accepts connections and transports nothing, on old connections as well. */
    void hang() {
        hanging = true;
    }

    /** Accepts and relays connections again. Connections that hung do so for ever. */
    synchronized void open() throws IOException {
        hanging = false;
        if (listening == null) {
            listen(port);
        }
    }

    private int listen(int on) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(host, on));
        listening = socket;
        accepting = start("gate-accept", () -> {
            while (true) {
                accept(socket.accept());
            }
        });
        return socket.getLocalPort();
    }

    private void accept(Socket caller) throws IOException {
        ends.add(caller);
        if (hanging) {
            return;
        }
        Socket called = new Socket();
        ends.add(called);
        try {
            called.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service));
        } catch (IOException e) { // the service is down
            caller.close();
            return;
        }
        start("gate-out", () -> relay(caller, called));
        start("gate-back", () -> relay(called, caller));
    }

    private void relay(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            boolean broken = false;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                broken |= hanging; // a part of the stream is lost for good
                if (!broken) {
                    out.write(buffer, 0, count);
                }
            }
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        ServerSocket open = listening;
        if (open != null) {
            open.close();
        }
        cut();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // one end closed
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
