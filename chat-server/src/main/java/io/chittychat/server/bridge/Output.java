package io.chittychat.server.bridge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the body of a response without blocking, and flushes each part. It holds one part at most, beside the end: the
 * next one is sent only after {@code onReady}.
 *
 * <p>Threading: any thread; Tomcat's threads say when the client takes more.
 */
final class Output implements WriteListener {

    private static final Logger LOG = LoggerFactory.getLogger(Output.class);
    private static final byte[] NOTHING = new byte[0];

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Events events;
    private final IntConsumer unread;
    private final Predicate<Runnable> whenTaken;

    // Guarded by this.
    private byte @Nullable [] next;
    private byte @Nullable [] last; // the end, which follows a part that may be unsent
    private int untaken; // bytes that the client may not have taken
    private boolean unflushed;
    private boolean unasked; // whether the connection may have bytes that the client has not taken
    private boolean waiting; // until the client has
    private boolean closed;
    private boolean ready;

    /** What its owner is told. */
    interface Events {

        /** Everything was written, so that the next part may be sent; also at the beginning. */
        void onReady();

        /** The client has taken everything, and the response is about to be completed. */
        void onEnd();

        /** The client cannot be reached any more. */
        void onGone();
    }

    /**
     * @param unread is told how the bytes that the client has not taken change
     * @param whenTaken takes a task if the connection has bytes that the client has not taken, and runs it once the client has;
     *     the response itself only knows the windows of HTTP/2
     */
    Output(
            AsyncContext async,
            ServletOutputStream out,
            Events events,
            IntConsumer unread,
            Predicate<Runnable> whenTaken) {
        this.async = async;
        this.out = out;
        this.events = events;
        this.unread = unread;
        this.whenTaken = whenTaken;
    }

    /** Begins. Call it on a thread of Tomcat, before anything is sent. */
    void open() {
        out.setWriteListener(this);
    }

    /** Sends a part, after {@link Events#onReady}. */
    void send(byte[] part) {
        synchronized (this) {
            if (closed || last != null) {
                return;
            }
            next = part;
            ready = false;
            count(part.length);
        }
        proceed();
    }

    /** Sends the last part, after one that may be unsent still, and ends the response. */
    void end(byte[] part) {
        synchronized (this) {
            if (closed || last != null) {
                return;
            }
            last = part;
            count(part.length);
        }
        proceed();
    }

    /** Nothing is written any more. */
    synchronized void close() {
        closed = true;
        next = null;
        last = null;
        count(-untaken);
    }

    private void count(int more) {
        if (more != 0) {
            untaken += more;
            unread.accept(more);
        }
    }

    @Override
    public void onWritePossible() {
        proceed();
    }

    @Override
    public void onError(Throwable why) {
        events.onGone();
    }

    private void proceed() {
        try {
            if (write()) {
                events.onReady();
            }
        } catch (IOException | IllegalStateException e) { // of a connection that has ended
            LOG.debug("Cannot write a response", e);
            events.onGone();
        }
    }

    /** Writes as much as the client takes. Returns whether the next part may be sent, once for each part. */
    private synchronized boolean write() throws IOException {
        while (!closed && !waits() && out.isReady()) {
            if (next != null) {
                write(next);
                next = null;
            } else if (unflushed) {
                unflushed = false;
                out.flush();
                unasked = true;
            } else if (last == NOTHING) {
                closed = true;
                count(-untaken);
                events.onEnd(); // after complete() the connection may serve another request
                async.complete();
            } else if (last != null) {
                write(last);
                last = NOTHING;
            } else {
                boolean first = !ready;
                ready = true;
                count(-untaken);
                return first;
            }
        }
        return false;
    }

    /** Whether the client has yet to take what was flushed. */
    private boolean waits() {
        if (unasked) {
            unasked = false;
            waiting = whenTaken.test(this::onTaken);
        }
        return waiting;
    }

    private void onTaken() {
        synchronized (this) {
            waiting = false;
        }
        proceed();
    }

    private void write(byte[] part) throws IOException {
        unflushed = true; // also for no bytes: the head is flushed
        out.write(part);
    }
}
