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
 * Encryption of the server's connections, by a bundle of Spring Boot. When the bundle's files are replaced, new
 * connections use the new ones, and those that are open go on with the old.
 *
 * <p>Threading: any thread.
 */
public final class ServerTls {

    /** Whether clients have to show a certificate. */
    public enum ClientCertificate {
        /** They are not asked. */
        NONE(ClientAuth.NONE),
        /** They are asked; one that is not trusted is refused. */
        WANT(ClientAuth.OPTIONAL),
        /** Whoever has none that is trusted is refused. */
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

    /** No encryption. */
    public static ServerTls none() {
        return new ServerTls(Optional.empty(), ClientCertificate.NONE);
    }

    /** @throws SSLException if the bundle cannot be used */
    public static ServerTls of(SslBundle bundle, ClientCertificate client) throws SSLException {
        return new ServerTls(Optional.of(new ReloadableSslContext(context(bundle, client))), client);
    }

    /** The bundle has changed. One that cannot be used changes nothing. */
    public void replace(SslBundle bundle) {
        try {
            SslContext replacement = context(bundle, client);
            context.ifPresent(reloadable -> reloadable.replace(replacement));
            LOG.info("The TLS certificates were replaced; new connections use them");
        } catch (SSLException | RuntimeException e) {
            LOG.error("The new TLS certificates cannot be used, the old ones stay in use: {}", e.toString());
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
