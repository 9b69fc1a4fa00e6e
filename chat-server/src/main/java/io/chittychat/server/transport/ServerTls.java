package io.chittychat.server.transport;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Encryption of the server's connections with an SSL bundle of Spring Boot. When the bundle is reloaded, new
 * connections use its new certificates, and open connections keep the old ones.
 *
 * <p>Threading: any thread.
 */
public final class ServerTls {

    /** Whether clients must show a certificate. */
    public enum ClientCertificate {
        /** The server does not ask for a certificate. */
        NONE(ClientAuth.NONE),
        /** The server asks for a certificate, and refuses connections with one that it does not trust. */
        WANT(ClientAuth.OPTIONAL),
        /** The server refuses connections without a certificate that it trusts. */
        NEED(ClientAuth.REQUIRE);

        private final ClientAuth netty;

        ClientCertificate(ClientAuth netty) {
            this.netty = netty;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private final Optional<ReloadableSslContext> context;
    private final ClientCertificate client;

    private ServerTls(Optional<ReloadableSslContext> context, ClientCertificate client) {
        this.context = context;
        this.client = client;
    }

    /** Connections without encryption. */
    public static ServerTls none() {
        return new ServerTls(Optional.empty(), ClientCertificate.NONE);
    }

    /**
     * Connections encrypted with a bundle.
     *
     * @throws SSLException if the bundle cannot be used
     */
    public static ServerTls of(SslBundle bundle, ClientCertificate client) throws SSLException {
        return new ServerTls(Optional.of(new ReloadableSslContext(context(bundle, client))), client);
    }

    /** Uses a new bundle for new connections. If the bundle cannot be used, it logs an error and keeps the old one. */
    public void replace(SslBundle bundle) {
        try {
            SslContext replacement = context(bundle, client);
            context.ifPresent(reloadable -> reloadable.replace(replacement));
            LOG.info("The TLS certificates were replaced; new connections use them");
        } catch (SSLException | RuntimeException e) {
            LOG.error("The new TLS certificates cannot be used; the old ones stay in use: {}", e.toString());
        }
    }

    void use(NettyServerBuilder server) {
        context.ifPresent(server::sslContext);
    }

    private static SslContext context(SslBundle bundle, ClientCertificate client) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(
                        bundle.getManagers().getKeyManagerFactory())
                .clientAuth(client.netty);
        if (client != ClientCertificate.NONE) {
            builder.trustManager(bundle.getManagers().getTrustManagerFactory());
        }
        GrpcSslContexts.configure(builder);
        SslOptions options = bundle.getOptions();
        if (options.getEnabledProtocols() != null) {
            builder.protocols(options.getEnabledProtocols());
        }
        if (options.getCiphers() != null) {
            builder.ciphers(List.of(options.getCiphers()));
        }
        return builder.build();
    }
}
