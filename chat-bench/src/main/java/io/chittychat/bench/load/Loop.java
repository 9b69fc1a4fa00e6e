package io.chittychat.bench.load;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.protocol.ProtocolClient;
import io.chittychat.process.Loopback;
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
    private static final int AT_ONCE = 100; // connections that are not ready yet
    private static final Duration CONNECT_BOUND = Duration.ofSeconds(60);

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

    /**
     * Connects clients to a server on the loopback interface, and waits until it has accepted them.
     *
     * @param owner the server, for messages
     */
    List<ServerConnection> connectAll(List<ProtocolClient> clients, int port, String owner) {
        List<ServerConnection> links = new ArrayList<>();
        for (ProtocolClient client : clients) {
            links.add(connect(client, port, owner));
            if (links.size() % AT_ONCE == 0 || links.size() == clients.size()) {
                List<ServerConnection> newest = links.subList((links.size() - 1) / AT_ONCE * AT_ONCE, links.size());
                run(
                        () -> newest.stream().allMatch(link -> link.client().isReady()),
                        CONNECT_BOUND,
                        owner + ": connecting");
            }
        }
        return links;
    }

    private ServerConnection connect(ProtocolClient client, int port, String owner) {
        try {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(Loopback.HOST, port));
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
