package io.chittychat.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backlogs of all connections: one thread, {@code http-backlog}, sends what sockets did not take at once. It never
 * waits for a client.
 *
 * <p>Threading: any thread.
 */
final class Backlogs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backlogs.class);
    private static final long FAIR = 64 * 1024; // bytes that a connection may have even if the total is exceeded
    private static final long UNDER_PRESSURE = 2_000_000_000; // nanoseconds without progress, if the total is exceeded

    private static final long FORGET = 1000; // milliseconds

    private final UnreadLimits limits;
    private final Selector selector;
    private final AtomicLong total = new AtomicLong(); // bytes

    private Backlogs(UnreadLimits limits, Selector selector) {
        this.limits = limits;
        this.selector = selector;
    }

    /** Starts the thread. */
    static Backlogs start(UnreadLimits limits) {
        try {
            Backlogs backlogs = new Backlogs(limits, Selector.open());
            Thread thread = new Thread(backlogs::run, "http-backlog");
            thread.setDaemon(true);
            thread.start();
            return backlogs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::proceed, FORGET); // what has ended is let go only in a select
            }
        } catch (IOException e) {
            LOG.error("Clients of HTTP/2 are not served any more", e);
        } catch (ClosedSelectorException e) {
            // the end
        }
    }

    private void proceed(SelectionKey key) {
        try {
            key.interestOps(0);
            ((Backlog) key.attachment()).proceed();
        } catch (CancelledKeyException e) {
            // the connection has ended
        } catch (RuntimeException e) {
            LOG.error("A connection of HTTP/2 failed", e);
        }
    }

    /** Makes a connection known to the thread. */
    SelectionKey register(SocketChannel socket, Backlog backlog) throws ClosedChannelException {
        return socket.register(selector, 0, backlog);
    }

    /** Watches for the moment when a connection's socket takes more. */
    void watch(SelectionKey key) throws ClosedChannelException {
        try {
            key.interestOps(SelectionKey.OP_WRITE);
            selector.wakeup();
        } catch (CancelledKeyException e) {
            throw new ClosedChannelException();
        }
    }

    /** The bytes of all backlogs have changed. */
    void count(long more) {
        total.addAndGet(more);
    }

    /**
     * Whether a connection may have this many bytes. Above the total, one whose client reads may still have more, for answers that
     * were begun before, up to twice the total.
     */
    boolean mayAdd(long ofConnection, long nanosWithoutProgress) {
        return ofConnection <= limits.perConnection()
                && (ofConnection <= FAIR
                        || !isExceeded()
                        || (nanosWithoutProgress < UNDER_PRESSURE && total.get() <= 2 * limits.total()));
    }

    private boolean isExceeded() {
        return total.get() > limits.total();
    }

    /** Whether a connection must be closed that has this many bytes and has made no progress for a time. */
    boolean isOverdue(long ofConnection, long nanosWithoutProgress) {
        return nanosWithoutProgress >= limits.timeout().toNanos()
                || (ofConnection > FAIR && isExceeded() && nanosWithoutProgress >= UNDER_PRESSURE);
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
