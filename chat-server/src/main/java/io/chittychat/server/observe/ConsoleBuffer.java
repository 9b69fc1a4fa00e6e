package io.chittychat.server.observe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;

/**
 * Lines on their way to an output whose reader may stop reading, such as a pipe. They wait in memory up to a limit; beyond it
 * the oldest that wait are dropped and counted, and where they were missing from, a notice is written as soon as the
 * reader goes on. So a writer never waits, unless it was asked to.
 *
 * <p>Threading: any thread writes; a thread of its own hands on what waits, and is the only one that the output can block.
 */
final class ConsoleBuffer extends OutputStream {

    private static final int PIECE_BYTES = 64 * 1024; // handed on at once

    private final OutputStream target;
    private final LongFunction<byte[]> notice;

    // All below is guarded by this.
    private final Deque<byte[]> waiting = new ArrayDeque<>(); // whole lines, one or more in each
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(); // one that has no end yet
    private long waitingBytes;
    private long limit;
    private boolean waits;
    private boolean handingOn;
    private long dropped;
    private long untold;
    private long telling; // how many the notice that is handed on tells of; 0 when lines are handed on

    /**
     * A buffer whose thread is running.
     *
     * @param limit how many bytes wait at most
     * @param notice the line that tells of a number of lines that were dropped
     */
    ConsoleBuffer(String name, OutputStream target, long limit, LongFunction<byte[]> notice) {
        this.target = target;
        this.limit = limit;
        this.notice = notice;
        Thread thread = new Thread(this::handOn, name);
        thread.setDaemon(true); // it may be blocked for ever
        thread.start();
    }

    /**
     * Sets what happens when the limit is reached.
     *
     * @param waits whether writers wait for the reader then, rather than that lines are dropped
     */
    synchronized void configure(long limit, boolean waits) {
        this.limit = limit;
        this.waits = waits;
        notifyAll();
    }

    /** How many lines were dropped up to now. */
    synchronized long dropped() {
        return dropped;
    }

    /** How many were dropped since the reader read last. */
    synchronized long untold() {
        return untold;
    }

    /** How many bytes wait to be read. */
    synchronized long waiting() {
        return waitingBytes;
    }

    /** No writer waits from now on. */
    synchronized void hurry() {
        configure(limit, false);
    }

    /** Waits until everything is handed on, at most so long. */
    synchronized void drain(Duration atMost) {
        hurry();
        long end = System.nanoTime() + atMost.toNanos();
        endLine();
        try {
            for (long left = atMost.toMillis();
                    left > 0 && (handingOn || !waiting.isEmpty());
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
        line.write(bytes, offset, next - offset);
        if (next > offset || line.size() >= PIECE_BYTES) {
            endLine();
        }
        line.write(bytes, next, end - next);
    }

    private void endLine() {
        if (line.size() == 0) {
            return;
        }
        byte[] lines = line.toByteArray();
        line.reset();
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
            Thread.currentThread().interrupt(); // then it is as if nobody waited
        }
    }

    private void drop(byte[] lines) {
        waitingBytes -= lines.length;
        for (byte value : lines) {
            if (value == '\n') {
                dropped++;
                untold++;
            }
        }
    }

    private void handOn() {
        try {
            while (true) {
                byte[] next = next();
                try {
                    target.write(next);
                    target.flush();
                } catch (IOException e) {
                    failed(next); // there is no reader any more
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
            handingOn = true;
            missing = untold;
            telling = missing;
            untold = 0;
            if (missing == 0) {
                return takePiece();
            }
        }
        return notice.apply(missing);
    }

    /** Several lines at once, if there are some: a system call for each would cost more than the line. */
    private byte[] takePiece() {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        do {
            piece.writeBytes(waiting.remove());
        } while (!waiting.isEmpty() && piece.size() + waiting.element().length <= PIECE_BYTES);
        waitingBytes -= piece.size();
        notifyAll(); // there is room for writers
        return piece.toByteArray();
    }

    /** A notice is tried again before later lines; those behind it are lost as it is. */
    private synchronized void failed(byte[] bytes) {
        byte[] lines = telling > 0 ? takePiece() : bytes;
        untold += telling;
        waitingBytes += lines.length;
        drop(lines);
    }

    private synchronized void written() {
        handingOn = false;
        notifyAll();
    }
}
