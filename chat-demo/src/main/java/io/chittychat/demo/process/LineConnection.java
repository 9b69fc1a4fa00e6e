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
     * @param broken told if it breaks by itself
     * @param ended told when it has ended, perhaps twice
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
                    if (count + left > 0) { // else the other direction broke it
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

    /** Breaks it, so that both ends notice. */
    void close() {
        close(caller);
        close(called);
    }

    private static void close(Socket end) {
        try {
            end.close();
        } catch (IOException e) {
            // it is gone, as it shall be
        }
    }

    interface Work {
        void run() throws IOException;
    }

    /** Works until the line is cut or an end hangs up, which is how all of it ends. */
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
