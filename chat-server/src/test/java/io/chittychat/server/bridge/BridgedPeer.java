package io.chittychat.server.bridge;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.ServerInterceptor;
import io.grpc.stub.MetadataUtils;
import java.net.InetSocketAddress;

/** How the bridge gives a call in this process the address of a client elsewhere, for tests of other packages. */
public final class BridgedPeer {

    private BridgedPeer() {}

    public static ClientInterceptor named(InetSocketAddress peer) {
        Metadata headers = new Metadata();
        PeerNames.name(peer, headers);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    public static ServerInterceptor read() {
        return new PeerNames();
    }
}
