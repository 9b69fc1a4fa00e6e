package io.chittychat.session;

import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A token for joining, in the header {@code authorization: Bearer}. It is sent over encrypted connections and within this
 * machine only.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
 */
final class BearerToken extends CallCredentials {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Supplier<String> token;

    /** @param token supplies the token for each attempt to join; may block, and may throw with a message for the user */
    BearerToken(Supplier<String> token) {
        this.token = token;
    }

    @Override
    public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
        if (request.getSecurityLevel() != SecurityLevel.PRIVACY_AND_INTEGRITY && !isLocal(request)) {
            applier.fail(Status.UNAUTHENTICATED.withDescription(
                    "the token was not sent, since the connection is not encrypted"));
            return;
        }
        executor.execute(() -> {
            Metadata headers = new Metadata();
            try {
                headers.put(AUTHORIZATION, "Bearer " + token.get().strip());
            } catch (RuntimeException e) {
                applier.fail(Status.UNAUTHENTICATED.withDescription("there is no token to send: " + e.getMessage()));
                return;
            }
            applier.apply(headers);
        });
    }

    private static boolean isLocal(RequestInfo request) {
        Attributes connection = request.getTransportAttrs();
        SocketAddress service = connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return !(service instanceof InetSocketAddress internet)
                || (internet.getAddress() != null && internet.getAddress().isLoopbackAddress());
    }

    @Override
    public String toString() {
        return "BearerToken";
    }
}
