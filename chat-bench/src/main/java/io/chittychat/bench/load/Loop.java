package io.chittychat.bench.load;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.protocol.ProtocolClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Serves all connections of the load generator, only while {@link #run} is called.
 *
 * <p>Threading: one thread, except for {@link #wakeup}. Errors: {@link BenchException}, which names the connection.
 */
public final class Loop implements AutoCloseable {

    private static final int BUFFER = 128 * 1024; // bytes; fits into the processor's cache
    private static final long LONGEST_WAIT = 100; // ms

    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final List<ServerConnection> dirty = new ArrayList<>();
    private long readAt;

    public Loop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new BenchException("no selector: " + e, e);
        }
    }

    /** Work that runs until it is done. */
    @FunctionalInterface
    public interface Task {

        /** Called after connections have been served; returns whether it is done. */
        boolean isDone();
    }

    /** @param owner the server, for messages */
    ServerConnection connect(ProtocolClient client, String host, int port, String owner) {
        try {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(host, port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            ServerConnection link = new ServerConnection(this, channel, client, owner);
            link.register(selector);
            client.begin(link.output());
            changed(link);
            return link;
        } catch (IOException e) {
            throw new BenchException("cannot connect to " + owner + ": " + e.getMessage(), e);
        }
    }

    /** A link has bytes to send. */
    void changed(ServerConnection link) {
        dirty.add(link);
    }

    /** The time of the current read, by {@link System#nanoTime}. */
    long readAt() {
        return readAt;
    }

    void markRead() {
        readAt = System.nanoTime();
    }

    /** Ends a wait; from any thread. */
    void wakeup() {
        selector.wakeup();
    }

    /**
     * Serves until a task is done.
     *
     * @param what its name, for messages
     */
    public void run(Task task, Duration bound, String what) {
        run(task, bound, what, 0);
    }

    /** @param pause after each pass, in nanoseconds, so that one read takes many bytes */
    void run(Task task, Duration bound, String what, long pause) {
        long start = System.nanoTime();
        try {
            boolean done = task.isDone();
            flush();
            while (!done) {
                selector.select(this::serve, LONGEST_WAIT);
                done = task.isDone();
                flush();
                if (!done && pause > 0) {
                    LockSupport.parkNanos(pause);
                }
                if (!done && System.nanoTime() - start > bound.toNanos()) {
                    throw new BenchException("%s: not done within %s".formatted(what, bound));
                }
            }
        } catch (IOException e) {
            throw new BenchException(what + ": " + e, e);
        }
    }

    private void serve(SelectionKey key) {
        if (key.attachment() instanceof ServerConnection link) {
            if (key.isReadable()) {
                link.read(in);
            }
            if (key.isValid() && key.isWritable()) {
                link.write();
            }
        }
    }

    private void flush() {
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).write();
        }
        dirty.clear();
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new BenchException("cannot close the selector: " + e, e);
        }
    }
}
