package io.chittychat.server.bridge;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call from HTTP: its request, the call of the server in this process, and the answer. It asks the server for a
 * message only when the client has taken the one before, so that the server sees how fast the client reads. If either
 * side ends, so does the other.
 *
 * <p>Threading: any thread. The messages of a stream are written by the thread that sends them; the end of a stream,
 * and the answers of unary methods, by the given executor, because a thread that answers may have no time for it.
 */
final class BridgedCall extends ClientCall.Listener<byte[]> implements AsyncListener {

    private final Method method;
    private final Form form;
    private final HttpServletResponse response;
    private final AsyncContext async;
    private final Executor executor;
    private final Runnable onEnd;
    private final Output output;

    private @Nullable ClientCall<byte[], byte[]> call; // guarded by this
    private boolean gone; // guarded by this
    private byte @Nullable [] held; // the response of a unary call; the executor's
    private boolean begun; // whether the head of the response is set; the sender's

    /** @param onEnd called once, at the end of the response */
    BridgedCall(
            Method method,
            Form form,
            HttpServletResponse response,
            ServletOutputStream out,
            AsyncContext async,
            Executor executor,
            Runnable onEnd) {
        this.method = method;
        this.form = form;
        this.response = response;
        this.async = async;
        this.executor = executor;
        this.onEnd = onEnd;
        this.output = new Output(async, out, this::request, this::leave);
    }

    /** Calls the method; the thread is one of Tomcat's. */
    void start(Channel channel, CallOptions options, Metadata headers, byte[] message) {
        ClientCall<byte[], byte[]> started =
                channel.newCall(method.call(), method.isUnary() ? options.withExecutor(executor) : options);
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
    void refuse(Status why) {
        output.open();
        end(why, new Metadata());
    }

    private void request() {
        ClientCall<byte[], byte[]> open;
        synchronized (this) {
            open = call;
        }
        if (open != null && form.isStream()) {
            open.request(1);
        }
    }

    @Override
    public void onMessage(byte[] message) {
        if (!form.isStream()) {
            held = message;
            return;
        }
        if (!begun) {
            begin(HttpServletResponse.SC_OK, form.contentType(), -1);
        }
        output.send(form.response(message));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (method.isUnary()) {
            end(status, trailers);
        } else {
            executor.execute(() -> end(status, trailers));
        }
    }

    private void end(Status status, Metadata trailers) {
        byte[] answer = held;
        if (status.isOk() && answer != null) {
            finish(HttpServletResponse.SC_OK, form.contentType(), form.response(answer));
        } else {
            Form.End end = form.end(status, trailers);
            finish(end.httpStatus(), end.contentType(), end.bytes());
        }
    }

    private void finish(int status, String contentType, byte[] last) {
        if (!begun) {
            begin(status, contentType, last.length);
        }
        output.end(last);
    }

    /** @param length of the body in bytes; negative if it is not known */
    private synchronized void begin(int status, String contentType, int length) {
        begun = true;
        if (!gone) { // otherwise the response may be another client's already
            response.setStatus(status);
            response.setContentType(contentType);
            response.setContentLength(length);
        }
    }

    /** The client has gone away, or the response has ended. */
    void leave() {
        ClientCall<byte[], byte[]> open;
        synchronized (this) {
            if (gone) {
                return;
            }
            gone = true;
            open = call;
        }
        output.close();
        if (open != null) {
            open.cancel("the HTTP client has gone away", null);
        }
        onEnd.run();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        leave();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        leave();
    }

    @Override
    public void onError(AsyncEvent event) {
        leave();
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // it is complete already
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
