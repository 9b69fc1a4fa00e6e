package io.chittychat.server.rpc;

import io.chittychat.server.access.Credentials;
import io.chittychat.server.chat.Gate.Visitor;
import io.chittychat.server.transport.Origin;
import io.chittychat.text.Secret;
import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Puts the visitor of a Join into the call's context. Other calls pass: their session token authorises them. */
public final class Visitors implements ServerInterceptor {

    private static final Visitor LOCAL =
            new Visitor(Origin.of((SocketAddress) null).name(), Credentials.NONE);
    private static final Context.Key<Visitor> KEY = Context.keyWithDefault("visitor", LOCAL);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "Bearer "; // RFC 6750; the case does not matter
    private static final String JOIN = ChatServiceGrpc.getJoinMethod().getFullMethodName();

    /** The visitor of the Join that this thread serves. */
    static Visitor current() {
        return KEY.get();
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        if (!call.getMethodDescriptor().getFullMethodName().equals(JOIN)) {
            return next.startCall(call, headers);
        }
        Visitor visitor = new Visitor(
                Origin.of(call.getAttributes()).name(),
                new Credentials(
                        bearerToken(headers.get(AUTHORIZATION)),
                        certificate(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION))));
        return Contexts.interceptCall(Context.current().withValue(KEY, visitor), call, headers, next);
    }

    private static Optional<Secret> bearerToken(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(new Secret(header.substring(SCHEME.length()).strip()))
                : Optional.empty();
    }

    private static Optional<X509Certificate> certificate(@Nullable SSLSession session) {
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate own ? Optional.of(own) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // the client showed no certificate
        }
    }
}
