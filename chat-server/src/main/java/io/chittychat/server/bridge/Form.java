package io.chittychat.server.bridge;

import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;
import java.util.OptionalLong;

/**
 * The form of a request and of its answer on the wire: a protocol, with one encoding of messages.
 *
 * <p>Threading: any thread.
 */
interface Form {

    /** The content type of an answer with messages. */
    String contentType();

    /** The encoding of messages. */
    Codec codec();

    /** Whether the answer is a sequence of messages with an end; otherwise it is one message, or one error. */
    boolean isStream();

    /**
     * Checks the headers of the request.
     *
     * @throws RefusedException if this form does not allow the method, or a header
     */
    void check(HttpServletRequest request, Method method) throws RefusedException;

    /**
     * The time that the client gives the call, in nanoseconds; empty if it does not limit it. By default it stands in the
     * header of Connect.
     *
     * @throws RefusedException if the header is malformed
     */
    default OptionalLong timeout(HttpServletRequest request) throws RefusedException {
        return ConnectHeaders.timeout(request);
    }

    /** The largest body with a message of this size, in bytes. By default the body is the message. */
    default int largestBody(int message) {
        return message;
    }

    /**
     * The request's message, as binary protobuf. By default the body is the message.
     *
     * @throws RefusedException if the body is malformed
     */
    default byte[] request(byte[] body) throws RefusedException {
        return codec().decode(body);
    }

    /** A response on the wire. By default the message alone. */
    default byte[] response(byte[] message) {
        return codec().encode(message);
    }

    /** The end of an answer. */
    End end(Status status, Metadata trailers);

    /**
     * The end of an answer on the wire.
     *
     * @param httpStatus the HTTP status, if nothing was sent before
     * @param contentType the content type, if nothing was sent before
     * @param bytes the last bytes of the body
     */
    record End(int httpStatus, String contentType, byte[] bytes) {}
}
