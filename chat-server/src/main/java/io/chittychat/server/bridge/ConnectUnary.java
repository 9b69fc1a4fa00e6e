package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;

/**
 * A unary call of the Connect protocol: the bodies are the messages.
 *
 * @see <a href="https://connectrpc.com/docs/protocol#unary-request-response-rpcs">Connect protocol</a>
 */
record ConnectUnary(String contentType, Codec codec) implements Form {

    static final String JSON = "application/json";
    static final String BINARY = "application/proto";

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public void check(HttpServletRequest request, Method method) throws RefusedException {
        ConnectHeaders.checkVersion(request);
        ConnectHeaders.checkEncoding(request.getHeader("content-encoding"));
    }

    @Override
    public End end(Status status, Metadata trailers) {
        return new End(
                ConnectError.httpStatus(status.getCode()),
                JSON,
                ConnectError.of(status, trailers).toString().getBytes(UTF_8));
    }
}
