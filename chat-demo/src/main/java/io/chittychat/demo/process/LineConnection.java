package io.chittychat.demo.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One connection over a line, from its caller to the service and back, by two threads. */
final class LineConnection {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket caller;
    private final Socket called;
    private final Supplier<LineQuality> quality;
    private final AtomicLong bytesToBreak;

    /** @param bytesToBreak after how many bytes, of both directions together, it breaks */
    LineConnection(Socket caller, Socket called, Supplier<LineQuality> quality, long bytesToBreak) {
        this.caller = caller;
        this.called = called;
        this.quality = quality;
        this.bytesToBreak = new AtomicLong(bytesToBreak);
    }

    /**
     * Begins to relay.
     *
     * @param broken is called when it breaks at random
     * @param ended is called when it has ended, perhaps twice
     */
    void relay(Runnable broken, Consumer<LineConnection> ended) {
        start("line-out", () -> relay(caller, called, broken, ended));
        start("line-back", () -> relay(called, caller, broken, ended));
    }

    private void relay(Socket from, Socket to, Runnable broken, Consumer<LineConnection> ended) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                delay();
                long left = bytesToBreak.addAndGet(-count);
                if (left <= 0 && quality.get().random().isPresent()) {
                    out.write(buffer, 0, (int) Math.max(0, count + left)); // a part of what was sent
                    if (count + left > 0) { // otherwise the other direction broke it
                        broken.run();
                    }
                    return;
                }
                out.write(buffer, 0, count);
            }
        } finally {
            close();
            ended.accept(this);
        }
    }

    private void delay() throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(quality.get().delay().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Closes both ends. */
    void close() {
        close(caller);
        close(called);
    }

    private static void close(Socket end) {
        try {
            end.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    interface Work {
        void run() throws IOException;
    }

    /** Works in a thread until the line is cut or an end closes the connection. */
    static Thread start(String name, Work work) {
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
        return thread;
    }
}
