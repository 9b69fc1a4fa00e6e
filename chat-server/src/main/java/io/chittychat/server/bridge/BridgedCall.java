package io.chittychat.server.bridge;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call from HTTP: the call of the server in this process, and the answer. It asks the server for a message only
 * when the client has taken the one before, so that the server sees how fast the client reads. If either side ends, so
 * does the other.
 *
 * <p>Threading: any thread. The messages of a stream are written by the thread that sends them; the end of a stream,
 * and the answers of unary methods, by the exchange's loop, because a thread that answers may have no time for it.
 */
final class BridgedCall extends ClientCall.Listener<byte[]> implements AsyncListener, Output.Events {

    private static final int LATER = 100; // milliseconds
    private static final int SMALL =
            4096; // bytes of a message that is sent whatever others at the address have not read

    private final Method method;
    private final Form form;
    private final Exchange exchange;
    private final Output output;

    private @Nullable ClientCall<byte[], byte[]> call; // guarded by this
    private @Nullable Future<?> timer; // guarded by this
    private boolean gone; // guarded by this
    private byte @Nullable [] held; // the response of a unary call; the loop's
    private volatile boolean dropped; // whether there was no memory for an answer
    private boolean begun; // whether the head of the response is set; the sender's

    BridgedCall(Method method, Form form, Exchange exchange, ServletOutputStream out) {
        this.method = method;
        this.form = form;
        this.exchange = exchange;
        this.output = new Output(
                exchange.async(),
                out,
                this,
                exchange.permit()::unread,
                task -> exchange.untaken().test(() -> exchange.loop().execute(task)));
    }

    /** Calls the method; the thread is one of Tomcat's. */
    void start(Channel channel, CallOptions options, Metadata headers, byte[] message) {
        ClientCall<byte[], byte[]> started =
                channel.newCall(method.call(), method.isUnary() ? options.withExecutor(exchange.loop()) : options);
        output.open(); // Tomcat says later that it is ready
        synchronized (this) {
            if (gone) {
                return;
            }
            call = started;
        }
        started.start(this, headers);
        if (!form.isStream()) {
            started.request(2); // one, and one that would be too many
        }
        started.sendMessage(message);
        started.halfClose();
    }

    /** Answers that the request is refused; the thread is one of Tomcat's. */
    void refuse(RefusedException why) {
        output.open();
        end(why.status(), why.trailers());
    }

    /** Cuts the response off unless {@link #inTime} is called, or the response ends, within a time. */
    synchronized void cutAfter(Duration time) {
        inTime();
        if (!gone) {
            timer = exchange.loop().schedule(this::cut, time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Forgets {@link #cutAfter}. */
    synchronized void inTime() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private synchronized void cut() {
        if (!gone) { // otherwise the connection may serve another request already
            exchange.cut().run();
        }
    }

    @Override
    public void onReady() {
        ClientCall<byte[], byte[]> open = call();
        if (open != null && form.isStream()) {
            // not at once: a client that reads as fast as it is written to would hold the thread that serves all
            // readers
            exchange.loop().execute(() -> ask(open));
        }
    }

    /** Asks for the next message, more slowly while others at the address do not read. */
    private void ask(ClientCall<byte[], byte[]> open) {
        if (!exchange.permit().isCongested()) {
            open.request(1);
        } else {
            exchange.loop().schedule(() -> open.request(1), LATER, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void onMessage(byte[] message) {
        if (!form.isStream()) {
            held = message;
            return;
        }
        byte[] part = form.response(message);
        if (part.length > SMALL && !exchange.permit().mayHold(part.length)) {
            drop();
            return;
        }
        if (!begun) {
            begin(HttpServletResponse.SC_OK, form.contentType(), -1);
        }
        output.send(part);
    }

    /** Ends the call, because there is no memory for its answer. */
    private void drop() {
        ClientCall<byte[], byte[]> open = call();
        dropped = true;
        if (open != null) {
            open.cancel("the client does not read its answers", null); // onClose follows
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (method.isUnary()) {
            end(status, trailers);
        } else {
            exchange.loop().execute(() -> end(status, trailers));
        }
    }

    private void end(Status status, Metadata trailers) {
        byte[] message = held;
        byte[] answer = status.isOk() && message != null ? form.response(message) : null;
        if (dropped || (answer != null && !exchange.permit().mayHold(answer.length))) {
            RefusedException refusal = RefusedException.of(exchange.refusal().get());
            finish(form.end(refusal.status(), refusal.trailers()));
        } else if (answer != null) {
            finish(new Form.End(HttpServletResponse.SC_OK, form.contentType(), answer));
        } else {
            finish(form.end(status, trailers));
        }
    }

    private void finish(Form.End end) {
        if (!begun) {
            begin(end.httpStatus(), end.contentType(), end.bytes().length);
        }
        output.end(end.bytes());
        cutAfter(exchange.unreadTimeout());
    }

    /** @param length of the body in bytes; negative if it is not known */
    private synchronized void begin(int status, String contentType, int length) {
        begun = true;
        if (!gone) { // otherwise the response may be another client's already
            HttpServletResponse response = exchange.response();
            response.setStatus(status);
            response.setContentType(contentType);
            response.setContentLength(length);
        }
    }

    private synchronized @Nullable ClientCall<byte[], byte[]> call() {
        return call;
    }

    /** Parts from the response, which may be another client's from now on. Returns whether it had not yet. */
    private synchronized boolean part() {
        boolean first = !gone;
        inTime();
        gone = true;
        return first;
    }

    @Override
    public void onEnd() {
        if (part()) {
            exchange.permit().end();
        }
    }

    /** The client has gone away, or the response has ended. */
    @Override
    public void onGone() {
        if (!part()) {
            return;
        }
        output.close();
        ClientCall<byte[], byte[]> open = call(); // none begins any more
        if (open != null) {
            open.cancel("the HTTP client has gone away", null);
        }
        exchange.permit().end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        onGone();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        onGone();
    }

    @Override
    public void onError(AsyncEvent event) {
        onGone();
        try {
            exchange.async().complete();
        } catch (IllegalStateException e) {
            // it is complete already
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
