package io.chittychat.session;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Grpc;
import io.grpc.Metadata;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notes whether gRPC has given a request to a connection, and to which. Before that, the request cannot have reached the
 * service: there is no usable connection, for example because the other end does not speak TLS. Safe for use by several threads.
 */
final class SendTracer extends ClientStreamTracer.Factory {

    private final Consumer<SocketAddress> onSent;
    private volatile boolean sent;
    private volatile @Nullable SocketAddress address;

    /** @param onSent receives the address to which the request is sent, on a thread of the connection */
    SendTracer(Consumer<SocketAddress> onSent) {
        this.onSent = onSent;
    }

    boolean wasSent() {
        return sent;
    }

    /** The address to which the request was sent, if it was sent. */
    Optional<SocketAddress> address() {
        return Optional.ofNullable(address);
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transport, Metadata headers) {
                SocketAddress remote = transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
                if (remote != null) {
                    onSent.accept(remote);
                }
                address = remote;
                sent = true;
            }
        };
    }
}
