package io.chittychat.session;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/**
 * Notes whether gRPC has given a request to a connection. Before that, the request cannot have reached the service: there is
 * no usable connection, for example because the other end does not speak TLS. Safe for use by several threads.
 */
final class SendTracer extends ClientStreamTracer.Factory {

    private volatile boolean sent;

    boolean wasSent() {
        return sent;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transport, Metadata headers) {
                sent = true;
            }
        };
    }
}
