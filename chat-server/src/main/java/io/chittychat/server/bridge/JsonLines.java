package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/**
 * A streaming call for people and shells: the request's body is one JSON message, and the answer has one JSON message a
 * line. An error is the last line, {@code {"error": ...}}, in the words of the Connect protocol; if it is the only one,
 * the HTTP status says so, too. The Connect protocol has no such form, and the types of its own forms differ.
 */
record JsonLines(Codec codec) implements Form {

    /** What a client must accept to get this form. */
    static final String TYPE = "application/x-ndjson";

    @Override
    public String contentType() {
        return TYPE;
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public void check(HttpServletRequest request, Method method) throws RefusedException {
        ConnectHeaders.checkEncoding(request.getHeader("content-encoding"));
    }

    @Override
    public byte[] response(byte[] message) {
        return line(codec.encode(message));
    }

    @Override
    public End end(Status status, Metadata trailers) {
        if (status.isOk()) {
            return new End(200, TYPE, new byte[0]);
        }
        ObjectNode end = ConnectError.object();
        end.set("error", ConnectError.of(status, trailers));
        return new End(
                ConnectError.httpStatus(status.getCode()),
                TYPE,
                line(end.toString().getBytes(UTF_8)));
    }

    private static byte[] line(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
