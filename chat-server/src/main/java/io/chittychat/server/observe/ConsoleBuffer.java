package io.chittychat.server.observe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.LongFunction;

/**
 * Buffers lines for an output whose reader may stop reading, such as a pipe. When the buffer is full, it drops and
 * counts the oldest lines. Once the reader reads again, a notice is written in place of the dropped lines. A writer
 * waits only if the buffer is configured so.
 *
 * <p>Threading: any thread writes to the buffer; its own thread writes to the output, and only that thread can be
 * blocked by it.
 */
final class ConsoleBuffer extends OutputStream {

    private static final int PIECE_BYTES = 64 * 1024; // the most that is written to the output at once

    private final OutputStream target;
    private final LongFunction<byte[]> notice;

    // All below is guarded by this.
    private final Deque<byte[]> waiting = new ArrayDeque<>(); // each element has one or more whole lines
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(); // the line that has no end yet
    private long waitingBytes;
    private long limit; // bytes
    private boolean waits;
    private boolean writing;
    private long dropped; // lines
    private long unreported; // dropped lines for which no notice was written
    private long reporting; // the number of lines in the notice that is being written; 0 while lines are written

    /**
     * Creates a buffer and starts its thread.
     *
     * @param name the name of the thread
     * @param limit the size of the buffer, in bytes
     * @param notice makes the line that reports a number of dropped lines
     */
    ConsoleBuffer(String name, OutputStream target, long limit, LongFunction<byte[]> notice) {
        this.target = target;
        this.limit = limit;
        this.notice = notice;
        Thread thread = new Thread(this::writeAll, name);
        thread.setDaemon(true); // the output may block it forever
        thread.start();
    }

    /**
     * Sets the limit, and what happens when it is reached.
     *
     * @param limit the size of the buffer, in bytes
     * @param waits whether writers then wait for the reader; otherwise the oldest lines are dropped
     */
    synchronized void configure(long limit, boolean waits) {
        this.limit = limit;
        this.waits = waits;
        notifyAll();
    }

    /** The number of lines dropped so far. */
    synchronized long dropped() {
        return dropped;
    }

    /** The number of dropped lines for which no notice has been written yet. */
    synchronized long unreported() {
        return unreported;
    }

    /** The number of bytes in the buffer. */
    synchronized long waiting() {
        return waitingBytes;
    }

    /** Releases writers that wait, and lets no writer wait from now on. */
    synchronized void stopWaiting() {
        configure(limit, false);
    }

    /** Waits until the buffer is empty or the timeout has passed. */
    synchronized void drain(Duration timeout) {
        stopWaiting();
        long end = System.nanoTime() + timeout.toNanos();
        endLine();
        try {
            for (long left = timeout.toMillis();
                    left > 0 && (writing || !waiting.isEmpty());
                    left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int next = end;
        while (next > offset && bytes[next - 1] != '\n') {
            next--;
        }
        if (line.size() == 0 && next > offset) {
            add(Arrays.copyOfRange(bytes, offset, next)); // whole lines
        } else {
            line.write(bytes, offset, next - offset);
            if (next > offset || line.size() >= PIECE_BYTES) {
                endLine();
            }
        }
        line.write(bytes, next, end - next);
    }

    private void endLine() {
        if (line.size() == 0) {
            return;
        }
        byte[] lines = line.toByteArray();
        line.reset();
        add(lines);
    }

    private void add(byte[] lines) {
        awaitRoom(lines.length);
        waiting.add(lines);
        waitingBytes += lines.length;
        while (waitingBytes > limit && waiting.size() > 1) {
            drop(waiting.remove());
        }
        notifyAll();
    }

    private void awaitRoom(int bytes) {
        try {
            while (waits && waitingBytes > 0 && waitingBytes + bytes > limit) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an interrupted writer does not wait: lines may be dropped
        }
    }

    private void drop(byte[] lines) {
        waitingBytes -= lines.length;
        for (byte value : lines) {
            if (value == '\n') {
                dropped++;
                unreported++;
            }
        }
    }

    private void writeAll() {
        try {
            while (true) {
                byte[] next = next();
                try {
                    target.write(next);
                    target.flush();
                } catch (IOException e) {
                    failed(next); // the reader is gone
                }
                written();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] next() throws InterruptedException {
        long missing;
        synchronized (this) {
            while (waiting.isEmpty()) {
                wait();
            }
            writing = true;
            missing = unreported;
            reporting = missing;
            unreported = 0;
            if (missing == 0) {
                return takePiece();
            }
        }
        return notice.apply(missing);
    }

    /** Takes several lines at once, because a system call costs more than a line. */
    private byte[] takePiece() {
        byte[] first = waiting.remove();
        byte[] piece = fits(first.length) ? joined(first) : first;
        waitingBytes -= piece.length;
        notifyAll(); // wakes writers that wait for room
        return piece;
    }

    /** Whether the next lines can be written together with so many bytes. */
    private boolean fits(int bytes) {
        return !waiting.isEmpty() && bytes + waiting.element().length <= PIECE_BYTES;
    }

    private byte[] joined(byte[] first) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE_BYTES);
        piece.writeBytes(first);
        while (fits(piece.size())) {
            piece.writeBytes(waiting.remove());
        }
        return piece.toByteArray();
    }

    /** Counts lines that could not be written as dropped; after a failed notice, also the lines that follow it. */
    private synchronized void failed(byte[] bytes) {
        byte[] lines = reporting > 0 ? takePiece() : bytes;
        unreported += reporting;
        waitingBytes += lines.length;
        drop(lines);
    }

    private synchronized void written() {
        writing = false;
        notifyAll();
    }
}
