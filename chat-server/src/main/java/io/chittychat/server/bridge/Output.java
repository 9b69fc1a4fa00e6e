package io.chittychat.server.bridge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the body of a response without blocking, and flushes each part. It holds one part at most: the next one is
 * sent only after {@code onReady}.
 *
 * <p>Threading: any thread; Tomcat's threads say when the client takes more.
 */
final class Output implements WriteListener {

    private static final Logger LOG = LoggerFactory.getLogger(Output.class);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Runnable onReady;
    private final Runnable onGone;

    // Guarded by this.
    private byte @Nullable [] next;
    private boolean unflushed;
    private boolean ending;
    private boolean closed;
    private boolean ready;

    /**
     * @param onReady called when everything was written, and at the beginning
     * @param onGone called when the client cannot be reached any more
     */
    Output(AsyncContext async, ServletOutputStream out, Runnable onReady, Runnable onGone) {
        this.async = async;
        this.out = out;
        this.onReady = onReady;
        this.onGone = onGone;
    }

    /** Begins. Call it on a thread of Tomcat, before anything is sent. */
    void open() {
        out.setWriteListener(this);
    }

    /** Sends a part. */
    void send(byte[] part) {
        synchronized (this) {
            if (closed || ending) {
                return;
            }
            next = part;
            ready = false;
        }
        proceed();
    }

    /** Sends the last part, after one that may be unsent still, and ends the response. */
    void end(byte[] last) {
        synchronized (this) {
            if (closed || ending) {
                return;
            }
            ending = true;
            next = last;
        }
        proceed();
    }

    /** Whether the end was sent, or the client has gone. */
    synchronized boolean isClosed() {
        return closed;
    }

    /** Nothing is written any more. */
    synchronized void close() {
        closed = true;
        next = null;
    }

    @Override
    public void onWritePossible() {
        proceed();
    }

    @Override
    public void onError(Throwable why) {
        onGone.run();
    }

    private void proceed() {
        try {
            if (write()) {
                onReady.run();
            }
        } catch (IOException | IllegalStateException e) { // of a connection that has ended
            LOG.debug("Cannot write a response", e);
            onGone.run();
        }
    }

    /** Writes as much as the client takes. Returns whether the next part may be sent, once for each part. */
    private synchronized boolean write() throws IOException {
        while (!closed && out.isReady()) {
            if (next != null) {
                byte[] part = next;
                next = null;
                unflushed = true;
                out.write(part);
            } else if (unflushed) {
                unflushed = false;
                out.flush();
            } else if (ending) {
                closed = true;
                async.complete();
            } else {
                boolean first = !ready;
                ready = true;
                return first;
            }
        }
        return false;
    }
}
