package io.chittychat.server.bridge;

import io.grpc.Status;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Receives the body of a request without blocking, up to a limit.
 *
 * <p>Threading: Tomcat's threads, one at a time.
 */
final class RequestBody implements ReadListener {

    private static final int PART = 4096; // bytes read at once
    private static final int EXPECTED = 256; // bytes of a usual request

    private final ServletInputStream in;
    private final int limit;
    private final Receiver receiver;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(EXPECTED);
    private boolean ended;

    /** Is told once what became of the body. */
    interface Receiver {

        /** The body has arrived. */
        void received(byte[] body);

        /** The body is not read further. */
        void refused(RefusedException why);

        /** The client has gone away. */
        void gone();
    }

    /** @param limit the most bytes */
    RequestBody(ServletInputStream in, int limit, Receiver receiver) {
        this.in = in;
        this.limit = limit;
        this.receiver = receiver;
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
                receiver.refused(tooLarge(limit));
                return;
            }
            body.write(part, 0, count);
        }
    }

    @Override
    public void onAllDataRead() {
        if (!ended) {
            ended = true;
            receiver.received(body.toByteArray());
        }
    }

    @Override
    public void onError(Throwable why) {
        ended = true;
        receiver.gone();
    }
}
