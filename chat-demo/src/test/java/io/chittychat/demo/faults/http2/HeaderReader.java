package io.chittychat.demo.faults.http2;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the headers that come on one connection, all of them in order. Not safe for use by several threads. */
final class HeaderReader {

    private static final long NO_LIMIT = 1 << 20; // bytes, more than the service ever sends

    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, NO_LIMIT);
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private boolean endsStream;

    /** What the block says that ends with this frame; empty if it goes on. */
    Optional<Map<String, String>> read(Frame frame) {
        if (frame.type() == Frame.HEADERS) {
            endsStream = frame.has(Frame.END_STREAM);
        }
        block.writeBytes(frame.payload());
        if (!frame.has(Frame.END_HEADERS)) {
            return Optional.empty();
        }
        byte[] whole = block.toByteArray();
        block.reset();
        try {
            Http2Headers headers = decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(whole));
            Map<String, String> texts = new LinkedHashMap<>();
            headers.forEach(entry ->
                    texts.put(entry.getKey().toString(), entry.getValue().toString()));
            return Optional.of(texts);
        } catch (Http2Exception e) {
            throw new IllegalStateException("the service sent headers that cannot be read", e);
        }
    }

    /** Whether the stream of the block that was read last ends with it. */
    boolean endsStream() {
        return endsStream;
    }
}
