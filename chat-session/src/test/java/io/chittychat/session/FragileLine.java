package io.chittychat.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A TCP relay whose connections break after a number of bytes, perhaps within a message. */
final class FragileLine implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int service;
    private final LongSupplier bytesToBreak;
    private final List<Socket> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger breaks = new AtomicInteger();

    /** @param bytesToBreak supplies the number for each connection, which counts both directions */
    FragileLine(int service, LongSupplier bytesToBreak) throws IOException {
        this.service = service;
        this.bytesToBreak = bytesToBreak;
        start("line-accept", this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    int breaks() {
        return breaks.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket caller = listening.accept();
            Socket called = new Socket();
            called.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service));
            ends.add(caller);
            ends.add(called);
            AtomicLong left = new AtomicLong(bytesToBreak.getAsLong());
            start("line-out", () -> relay(caller, called, left));
            start("line-back", () -> relay(called, caller, left));
        }
    }

    private void relay(Socket from, Socket to, AtomicLong left) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                long beyond = -left.addAndGet(-count);
                if (beyond >= 0) {
                    out.write(buffer, 0, (int) Math.max(0, count - beyond));
                    breaks.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, count);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket end : ends) {
            end.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
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
    }
}
