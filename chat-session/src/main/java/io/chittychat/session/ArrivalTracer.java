package io.chittychat.session;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of messages as they arrive, also those of a message that is not whole yet. An empty message has none. Safe for
 * use by several threads.
 */
final class ArrivalTracer extends ClientStreamTracer.Factory {

    private final AtomicLong bytes = new AtomicLong();

    /** The number of bytes that have arrived. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void inboundWireSize(long count) {
                bytes.addAndGet(count);
            }
        };
    }
}
