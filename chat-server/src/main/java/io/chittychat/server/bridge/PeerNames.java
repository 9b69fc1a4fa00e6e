package io.chittychat.server.bridge;

import io.grpc.Attributes;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;

/**
 * Gives calls from HTTP the address of their HTTP client, so that limits and rates apply to it. The bridge names it in
 * a header. Only the bridge's own server, which no other process can reach, has this interceptor: from any other
 * client, the header has no effect.
 *
 * <p>Threading: any thread.
 */
final class PeerNames implements ServerInterceptor {

    private static final Metadata.Key<InetSocketAddress> PEER =
            Metadata.Key.of("bridge-peer", new Metadata.AsciiMarshaller<>() {
                @Override
                public String toAsciiString(InetSocketAddress peer) {
                    return peer.getAddress().getHostAddress() + " " + peer.getPort();
                }

                @Override
                public InetSocketAddress parseAsciiString(String name) {
                    int blank = name.indexOf(' ');
                    return address(name.substring(0, blank), Integer.parseInt(name.substring(blank + 1)));
                }
            });

    static void name(InetSocketAddress peer, Metadata headers) {
        headers.put(PEER, peer);
    }

    /** @param address an IP address, never a name */
    static InetSocketAddress address(String address, int port) {
        return new InetSocketAddress(address, port); // resolves no names, because it is an address
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        InetSocketAddress peer = headers.get(PEER);
        if (peer == null) {
            return next.startCall(call, headers);
        }
        Attributes attributes = call.getAttributes().toBuilder()
                .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, peer)
                .build();
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public Attributes getAttributes() {
                        return attributes;
                    }
                },
                headers);
    }
}
