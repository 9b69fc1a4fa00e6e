package io.chittychat.session;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/**
 * Whether a request was given to a connection. As long as it was not, it has surely not reached the service: there was no
 * connection, or one that did not become usable, for example because the other end is no chat service or does not speak TLS.
 * Safe for use by several threads.
 */
final class Departure extends ClientStreamTracer.Factory {

    private volatile boolean departed;

    boolean hasDeparted() {
        return departed;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transport, Metadata headers) {
                departed = true;
            }
        };
    }
}
