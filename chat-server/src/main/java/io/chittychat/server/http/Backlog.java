package io.chittychat.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection of HTTP/2 has to send and its socket has not taken. Writing never blocks: Tomcat would wait for the
 * socket with the thread that writes, and the thread may be one that serves other clients.
 *
 * <p>Threading: any thread. Tasks run on the thread of {@link Backlogs}.
 */
final class Backlog {

    private static final int BUFFER = 4096; // bytes

    private final SocketChannel socket;
    private final Backlogs all;
    private final Runnable close;

    // Guarded by this.
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long added; // bytes since the connection began that the socket did not take at once
    private long sent; // of them
    private long progressAt; // nanoseconds; when the backlog began, or the socket last took some
    private @Nullable SelectionKey key;
    private boolean ended;

    /** A task for when {@code position} bytes of those added have been sent. */
    private record Waiting(long position, Runnable task) {}

    /** @param close closes the connection, from any thread, without waiting */
    Backlog(SocketChannel socket, Backlogs all, Runnable close) {
        this.socket = socket;
        this.all = all;
        this.close = close;
    }

    /**
     * Sends bytes after those that are here, now or later; they are copied.
     *
     * @throws IOException if the connection has failed, or has too many bytes here
     */
    synchronized void write(ByteBuffer bytes) throws IOException {
        if (ended) {
            throw new IOException("the connection has ended");
        }
        if (unsent.isEmpty()) {
            socket.write(bytes);
        }
        int rest = bytes.remaining();
        if (rest == 0) {
            return;
        }
        if (!all.mayAdd(size() + rest, unsent.isEmpty() ? 0 : System.nanoTime() - progressAt)) {
            throw new IOException("the client does not read");
        }
        if (unsent.isEmpty()) {
            progressAt = System.nanoTime();
        }
        keep(bytes);
        added += rest;
        all.count(rest);
        watch();
    }

    /** Small pieces, such as control frames, share a buffer. */
    private void keep(ByteBuffer bytes) {
        int count = bytes.remaining();
        ByteBuffer last = unsent.peekLast();
        if (last == null || last.capacity() - last.limit() < count) {
            last = ByteBuffer.allocate(Math.max(count, BUFFER)).limit(0);
            unsent.add(last);
        }
        int end = last.limit();
        last.limit(end + count).put(end, bytes, bytes.position(), count);
        bytes.position(bytes.limit());
    }

    private void watch() throws IOException {
        if (key == null) {
            key = all.register(socket, this);
        }
        all.watch(key);
    }

    /** Whether the socket has taken everything. */
    synchronized boolean isSent() {
        return added == sent;
    }

    private long size() {
        return added - sent;
    }

    /**
     * If anything is here, remembers a task for when all of it has been sent, and returns true. The task is forgotten if the
     * connection ends before.
     */
    synchronized boolean whenSent(Runnable task) {
        if (size() == 0 || ended) {
            return false;
        }
        waiting.add(new Waiting(added, task));
        return true;
    }

    /** The socket takes more. */
    void proceed() {
        List<Runnable> tasks = new ArrayList<>();
        try {
            send(tasks);
        } catch (IOException e) {
            close.run();
        }
        tasks.forEach(Runnable::run);
    }

    private synchronized void send(List<Runnable> tasks) throws IOException {
        while (!ended && !unsent.isEmpty()) {
            ByteBuffer first = unsent.element();
            int taken = socket.write(first);
            if (taken > 0) {
                progressAt = System.nanoTime();
                sent += taken;
                all.count(-taken);
            }
            if (first.hasRemaining()) {
                watch();
                break;
            }
            unsent.remove();
        }
        for (Iterator<Waiting> next = waiting.iterator(); next.hasNext(); ) {
            Waiting first = next.next();
            if (first.position() > sent) {
                return;
            }
            next.remove();
            tasks.add(first.task());
        }
    }

    /** Closes the connection if its client takes too long to read. */
    void closeIfOverdue(long now) {
        boolean isOverdue;
        synchronized (this) {
            isOverdue = !ended && size() > 0 && all.isOverdue(size(), now - progressAt);
        }
        if (isOverdue) {
            close.run();
        }
    }

    /** The connection has ended. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            all.count(sent - added);
            unsent.clear();
            waiting.clear();
        }
    }
}
