package io.chittychat.examiner.participant;

import io.chittychat.examiner.foreign.CannotExamineException;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The address of the service, and how it is called. Each participant has a connection of its own.
 *
 * @param host its name or address
 * @param tls how to encrypt; empty for no encryption
 * @param token sent with every call, in the header {@code authorization: Bearer}
 */
public record Access(String host, int port, Optional<Tls> tls, Optional<String> token) {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final int WINDOW_BYTES = 1 << 20;
    private static final int SMALL_WINDOW_BYTES = 4 << 10;
    private static final int MOST_MESSAGE_BYTES = 1 << 20;

    /**
     * Encryption.
     *
     * @param trusted certificates (PEM); empty for those that Java trusts
     * @param certificate of this side (PEM), with its key
     * @param authority the name that the certificate of the service has; empty for the host
     */
    public record Tls(
            Optional<Path> trusted, Optional<Path> certificate, Optional<Path> key, Optional<String> authority) {

        SslContext context() {
            try {
                SslContextBuilder context = GrpcSslContexts.forClient();
                trusted.ifPresent(file -> context.trustManager(file.toFile()));
                if (certificate.isPresent() && key.isPresent()) {
                    context.keyManager(certificate.get().toFile(), key.get().toFile());
                }
                return context.build();
            } catch (SSLException | IllegalArgumentException e) {
                throw new CannotExamineException("the certificates cannot be used: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Checks that a token is not sent where others can read it.
     *
     * @throws CannotExamineException if it would be, or if the host has no address
     */
    public Access requireSafe() {
        try {
            boolean local = InetAddress.getByName(host).isLoopbackAddress();
            if (token.isPresent() && tls.isEmpty() && !local) {
                throw new CannotExamineException(
                        "the token is not sent to another machine without encryption; add --tls or --tls-ca");
            }
            return this;
        } catch (UnknownHostException e) {
            throw new CannotExamineException("the host " + host + " is not known", e);
        }
    }

    /** A connection of a usual participant. */
    public ManagedChannel connect() {
        return connect(host, port, WINDOW_BYTES);
    }

    /** A connection of a participant for whom little may be on its way. */
    public ManagedChannel connectNarrowly() {
        return connect(host, port, SMALL_WINDOW_BYTES);
    }

    /** A connection by a relay on this machine. */
    public ManagedChannel connectBy(int relayPort) {
        return connect(InetAddress.getLoopbackAddress().getHostAddress(), relayPort, WINDOW_BYTES);
    }

    /** Where the service listens. */
    public InetSocketAddress socket() {
        return new InetSocketAddress(host, port);
    }

    private String authority(String name) {
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }

    private ManagedChannel connect(String to, int at, int windowBytes) {
        NettyChannelBuilder channel = NettyChannelBuilder.forAddress(to, at)
                .flowControlWindow(windowBytes)
                .maxInboundMessageSize(MOST_MESSAGE_BYTES)
                .disableRetry();
        if (tls.isPresent()) {
            channel.sslContext(tls.get().context())
                    .overrideAuthority(authority(tls.get().authority().orElse(host)));
        } else {
            channel.usePlaintext();
        }
        token.ifPresent(secret -> {
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, "Bearer " + secret.strip());
            channel.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
        });
        return channel.build();
    }
}
