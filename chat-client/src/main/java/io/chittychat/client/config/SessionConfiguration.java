package io.chittychat.client.config;

import io.chittychat.session.ChatListener;
import io.chittychat.session.ChatSession;
import io.chittychat.session.ChatSessionBuilder;
import io.chittychat.session.ParticipantLog;
import io.chittychat.session.ServiceAddresses;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import javax.net.ssl.SSLException;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import net.devh.boot.grpc.client.config.GrpcChannelProperties;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The session, its channel and its settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientProperties.class)
class SessionConfiguration {

    /** The name under which {@code grpc.client} configures the channel. */
    private static final String CHANNEL = "chat";

    @Bean
    ServiceAddresses serviceAddresses(ClientProperties properties) {
        return properties.addresses();
    }

    /** The factory closes the channel, after its users. */
    @Bean(destroyMethod = "")
    Channel chatChannel(GrpcChannelFactory channels, GrpcChannelsProperties settings, ServiceAddresses addresses)
            throws URISyntaxException {
        GrpcChannelProperties channel = settings.getChannel(CHANNEL);
        if (channel.getAddress() == null) {
            channel.setAddress(new URI("dns", "", "/" + addresses, null)); // escapes the brackets of IPv6
        }
        return channels.createChannel(CHANNEL);
    }

    /** Takes the addresses from the settings if there are several. */
    @Bean
    GrpcChannelConfigurer severalAddresses(ServiceAddresses addresses) {
        return (channel, name) -> {
            if (!addresses.isSingle()) {
                addresses.configure(channel);
            }
        };
    }

    /** Takes certificates from an SSL bundle instead of files, if the settings name one. */
    @Bean
    GrpcChannelConfigurer tlsByBundle(ClientProperties properties, SslBundles bundles) {
        return (channel, name) -> properties.bundle().ifPresent(bundle -> {
            if (channel instanceof NettyChannelBuilder netty) {
                netty.negotiationType(NegotiationType.TLS).sslContext(context(bundles.getBundle(bundle)));
            }
        });
    }

    private static SslContext context(SslBundle bundle) {
        SslManagerBundle managers = bundle.getManagers();
        SslContextBuilder context = GrpcSslContexts.forClient().trustManager(managers.getTrustManagerFactory());
        if (bundle.getStores().getKeyStore() != null) {
            context.keyManager(managers.getKeyManagerFactory());
        }
        try {
            return context.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("cannot use the SSL bundle: " + e.getMessage(), e);
        }
    }

    @Bean(destroyMethod = "") // BlockingSession leaves, then closes the session
    ChatSession chatSession(
            Channel chatChannel, ServiceAddresses addresses, ClientProperties properties, ChatListener listener) {
        ChatSessionBuilder builder = addresses.isSingle()
                ? ChatSession.builder(chatChannel)
                : ChatSession.builder((ManagedChannel) chatChannel, addresses);
        builder.settings(properties.sessionSettings())
                .logs(ParticipantLog.inDirectory(properties.logDir(), InstantSource.system(), properties.rotation()))
                .listener(listener);
        properties.tokenSource().ifPresent(builder::token);
        return builder.build();
    }
}
