package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A call of gRPC-Web: gRPC's envelopes, and the trailers in the last of them. In its text form, each of them is encoded
 * in Base64.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md">gRPC-Web</a>
 */
record GrpcWeb(String contentType, boolean isText, Codec codec) implements Form {

    static final String BINARY = "application/grpc-web";
    static final String TEXT = "application/grpc-web-text";

    private static final int TRAILERS = 0x80; // the flag of the last envelope
    private static final int MOST_DIGITS = 8; // of a timeout

    private static final Map<Character, TimeUnit> UNITS = Map.of(
            'H', TimeUnit.HOURS,
            'M', TimeUnit.MINUTES,
            'S', TimeUnit.SECONDS,
            'm', TimeUnit.MILLISECONDS,
            'u', TimeUnit.MICROSECONDS,
            'n', TimeUnit.NANOSECONDS);

    /** @param json for the content types with JSON */
    static GrpcWeb of(String contentType, Codec json) {
        return new GrpcWeb(
                contentType, contentType.startsWith(TEXT), contentType.endsWith("+json") ? json : Codec.BINARY);
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public void check(HttpServletRequest request, Method method) throws RefusedException {
        ConnectHeaders.checkEncoding(request.getHeader("grpc-encoding"));
        ConnectHeaders.checkEncoding(request.getHeader("content-encoding"));
    }

    @Override
    public OptionalLong timeout(HttpServletRequest request) throws RefusedException {
        String timeout = request.getHeader("grpc-timeout");
        if (timeout == null) {
            return OptionalLong.empty();
        }
        int last = timeout.length() - 1;
        TimeUnit unit = last < 1 ? null : UNITS.get(timeout.charAt(last));
        if (unit == null || !ConnectHeaders.isNumber(timeout.substring(0, last), MOST_DIGITS)) {
            throw RefusedException.invalid("grpc-timeout must be a whole number of at most 8 digits and a unit");
        }
        return OptionalLong.of(unit.toNanos(Long.parseLong(timeout.substring(0, last))));
    }

    @Override
    public int largestBody(int message) {
        int binary = message + Envelope.PREFIX;
        return isText ? (binary + 2) / 3 * 4 : binary;
    }

    @Override
    public byte[] request(byte[] body) throws RefusedException {
        return codec.decode(Envelope.open(isText ? Base64Chunks.decode(body) : body));
    }

    @Override
    public byte[] response(byte[] message) {
        return wire(Envelope.of(0, codec.encode(message)));
    }

    @Override
    public End end(Status status, Metadata trailers) {
        StringBuilder block = new StringBuilder();
        block.append("grpc-status: ").append(status.getCode().value()).append("\r\n");
        if (status.getDescription() != null) {
            block.append("grpc-message: ")
                    .append(PercentEncoding.encode(status.getDescription()))
                    .append("\r\n");
        }
        byte[][] serialized = InternalMetadata.serialize(trailers);
        for (int i = 0; i < serialized.length; i += 2) {
            String name = new String(serialized[i], US_ASCII);
            if (!name.equals("grpc-status") && !name.equals("grpc-message") && !name.equals("content-type")) {
                block.append(name).append(": ");
                block.append(
                                name.endsWith(Metadata.BINARY_HEADER_SUFFIX)
                                        ? Base64.getEncoder().withoutPadding().encodeToString(serialized[i + 1])
                                        : new String(serialized[i + 1], US_ASCII))
                        .append("\r\n");
            }
        }
        return new End(
                200, contentType, wire(Envelope.of(TRAILERS, block.toString().getBytes(US_ASCII))));
    }

    private byte[] wire(byte[] envelope) {
        return isText ? Base64.getEncoder().encode(envelope) : envelope;
    }
}
