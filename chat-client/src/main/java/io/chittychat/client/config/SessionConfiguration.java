package io.chittychat.client.config;

import io.chittychat.session.ChatListener;
import io.chittychat.session.ChatSession;
import io.chittychat.session.ParticipantLog;
import io.grpc.Channel;
import java.time.InstantSource;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The session and what it stands on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientProperties.class)
class SessionConfiguration {

    /** The name under which {@code grpc.client} configures the channel. */
    private static final String CHANNEL = "chat";

    /** Closed by the factory, after everything that uses it. */
    @Bean(destroyMethod = "")
    Channel chatChannel(GrpcChannelFactory channels) {
        return channels.createChannel(CHANNEL);
    }

    @Bean(destroyMethod = "") // the conversation leaves, then closes it
    ChatSession chatSession(Channel chatChannel, ClientProperties properties, ChatListener listener) {
        return ChatSession.builder(chatChannel)
                .settings(properties.sessionSettings())
                .logs(ParticipantLog.inDirectory(properties.logDir(), InstantSource.system(), properties.rotation()))
                .listener(listener)
                .build();
    }
}
