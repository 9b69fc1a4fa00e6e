package io.chittychat.server.bridge;

import io.grpc.Status;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Receives the body of a request without blocking, up to a limit.
 *
 * <p>Threading: Tomcat's threads, one at a time.
 */
final class RequestBody implements ReadListener {

    private static final int PART = 4096; // bytes read at once

    private final ServletInputStream in;
    private final int limit;
    private final Consumer<byte[]> complete;
    private final Consumer<RefusedException> refuse;
    private final Runnable gone;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    private boolean ended;

    /**
     * @param limit the most bytes
     * @param complete takes the body
     * @param refuse takes the reason why the body is not read further
     * @param gone called when the client goes away before the end
     */
    RequestBody(
            ServletInputStream in,
            int limit,
            Consumer<byte[]> complete,
            Consumer<RefusedException> refuse,
            Runnable gone) {
        this.in = in;
        this.limit = limit;
        this.complete = complete;
        this.refuse = refuse;
        this.gone = gone;
    }

    static RefusedException tooLarge(int limit) {
        return new RefusedException(
                Status.RESOURCE_EXHAUSTED.withDescription("the request is larger than " + limit + " bytes"));
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] part = new byte[PART];
        while (!ended && in.isReady()) {
            int count = in.read(part);
            if (count < 0) {
                return; // onAllDataRead follows
            }
            if (body.size() + count > limit) {
                ended = true;
                refuse.accept(tooLarge(limit));
                return;
            }
            body.write(part, 0, count);
        }
    }

    @Override
    public void onAllDataRead() {
        if (!ended) {
            ended = true;
            complete.accept(body.toByteArray());
        }
    }

    @Override
    public void onError(Throwable why) {
        ended = true;
        gone.run();
    }
}
