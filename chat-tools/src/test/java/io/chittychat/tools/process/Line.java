package io.chittychat.tools.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A line between a participant and the service that can be cut and mended: a relay of TCP on loopback. */
final class Line implements AutoCloseable {

    private final int service;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket socket;

    /** @param service host and port */
    Line(String service) throws IOException {
        this.service = Integer.parseInt(service.substring(service.lastIndexOf(':') + 1));
        this.port = listen(0);
    }

    /** Host and port for the participant. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Nobody gets through any more. */
    void cut() throws IOException {
        ServerSocket listening = socket;
        if (listening != null) {
            listening.close();
        }
        for (Socket end : open) {
            end.close();
        }
    }

    /** Whoever calls gets through again. */
    void mend() throws IOException {
        listen(port);
    }

    private int listen(int on) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on));
        socket = listening;
        start("line-accept", () -> {
            while (true) {
                connect(listening.accept());
            }
        });
        return listening.getLocalPort();
    }

    private void connect(Socket caller) throws IOException {
        Socket called = new Socket(InetAddress.getLoopbackAddress(), service);
        open.add(caller);
        open.add(called);
        start("line-out", () -> caller.getInputStream().transferTo(called.getOutputStream()));
        start("line-back", () -> called.getInputStream().transferTo(caller.getOutputStream()));
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Until the line is cut, which is how all of them end. */
    private void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // cut
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
