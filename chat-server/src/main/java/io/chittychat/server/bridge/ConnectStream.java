package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.node.ObjectNode;

/**
 * A streaming call of the Connect protocol: messages are in envelopes, and the last envelope says how the call ended.
 *
 * @see <a href="https://connectrpc.com/docs/protocol#streaming-rpcs">Connect protocol</a>
 */
record ConnectStream(String contentType, Codec codec) implements Form {

    static final String JSON = "application/connect+json";
    static final String BINARY = "application/connect+proto";

    private static final int END = 2; // the flag of the last envelope

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public void check(HttpServletRequest request, Method method) throws RefusedException {
        ConnectHeaders.checkVersion(request);
        ConnectHeaders.checkEncoding(request.getHeader("connect-content-encoding"));
        ConnectHeaders.checkEncoding(request.getHeader("content-encoding"));
    }

    @Override
    public int largestBody(int message) {
        return message + Envelope.PREFIX;
    }

    @Override
    public byte[] request(byte[] body) throws RefusedException {
        return codec.decode(Envelope.open(body));
    }

    @Override
    public byte[] response(byte[] message) {
        return Envelope.of(0, codec.encode(message));
    }

    @Override
    public End end(Status status, Metadata trailers) {
        ObjectNode end = ConnectError.object();
        if (!status.isOk()) {
            end.set("error", ConnectError.of(status, trailers));
        }
        return new End(200, contentType, Envelope.of(END, end.toString().getBytes(UTF_8)));
    }
}
