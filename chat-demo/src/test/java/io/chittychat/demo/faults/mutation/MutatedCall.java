package io.chittychat.demo.faults.mutation;

import io.chittychat.demo.faults.http2.HeaderBlock;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/**
 * A call to be sent.
 *
 * @param number its place among the calls of a seed, from 0 on
 * @param method which the message is for, whatever path the headers have
 * @param mutations what was done to a call that was right
 */
record MutatedCall(long number, String method, HeaderBlock headers, Body body, List<String> mutations) {

    private static final int PREFIX = 5; // bytes before a message
    private static final int SHOWN = 200; // bytes

    /**
     * What goes behind the headers.
     *
     * @param last whether the client says that nothing follows
     */
    record Body(byte[] bytes, boolean last) {}

    /** Whether the service may wait for more, so that no answer is due. */
    boolean isUnfinished() {
        return !body.last();
    }

    boolean isBroadcast() {
        return method.equals("Broadcast");
    }

    /** Whether the headers are what a gRPC client sends. */
    boolean isGrpc() {
        return headers.equals(HeaderBlock.of(method));
    }

    /** Whether the body is one message, whole, as gRPC puts it. */
    boolean isFramed() {
        byte[] bytes = body.bytes();
        return body.last()
                && bytes.length >= PREFIX
                && bytes[0] == 0
                && ByteBuffer.wrap(bytes).getInt(1) == bytes.length - PREFIX;
    }

    @Override
    public String toString() {
        byte[] bytes = body.bytes();
        return "call %d, %s with %s: %s%d bytes %s%s"
                .formatted(
                        number,
                        method,
                        mutations,
                        isGrpc() ? "" : headers.headers() + " ",
                        bytes.length,
                        HexFormat.of().formatHex(bytes, 0, Math.min(SHOWN, bytes.length)),
                        body.last() ? "" : " and no end");
    }
}
