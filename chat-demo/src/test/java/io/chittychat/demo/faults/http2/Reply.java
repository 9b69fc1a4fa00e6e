package io.chittychat.demo.faults.http2;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a call was answered.
 *
 * @param headers those before and those behind the messages
 * @param data the messages, each with gRPC's five bytes before it
 * @param reset the error code if the service reset the stream without more
 * @param isComplete false if the connection was closed instead
 */
public record Reply(Map<String, String> headers, byte[] data, OptionalInt reset, boolean isComplete) {

    private static final int PREFIX = 5;

    /** gRPC's status; empty if there was none. */
    public OptionalInt status() {
        String status = headers.get("grpc-status");
        return status == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(status));
    }

    /** The status with its details, as it stands in the trailers; empty if it has none. */
    public Optional<Status> details() {
        String encoded = headers.get("grpc-status-details-bin");
        if (encoded == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Status.parseFrom(Base64.getDecoder().decode(encoded)));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty(); // details that cannot be read say nothing
        }
    }

    /** The messages that came whole. */
    public List<byte[]> messages() {
        List<byte[]> messages = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(data);
        while (left.remaining() >= PREFIX) {
            left.get(); // whether it is compressed, which no reply is
            int length = left.getInt();
            if (length > left.remaining()) {
                break; // cut off by the end of the call
            }
            byte[] message = new byte[length];
            left.get(message);
            messages.add(message);
        }
        return messages;
    }

    @Override
    public String toString() {
        return "%s%s, %d bytes%s"
                .formatted(
                        headers,
                        reset.isPresent() ? ", reset with " + reset.getAsInt() : "",
                        data.length,
                        isComplete ? "" : ", and the connection was closed");
    }
}
