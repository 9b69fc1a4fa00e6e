package io.chittychat.client.config;

import io.chittychat.client.shell.RecordingScreen;
import io.chittychat.session.ChatListener;
import io.chittychat.session.ChatSession;
import io.chittychat.session.FakeChatService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.shell.core.InputProvider;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/**
 * Tests commands and shell with a session, a fake service in the same process and a {@link RecordingScreen}. There is no
 * network, no terminal and no log, and the program is not started.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringJUnitConfig(
        classes = {ShellConfiguration.class, ClientSlice.FakeSession.class},
        initializers = ConfigDataApplicationContextInitializer.class)
@TestPropertySource(properties = "chitty.client.interactive=false")
public @interface ClientSlice {

    /** A session with a fake service, and the other beans that the shell needs. */
    @TestConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ClientProperties.class)
    class FakeSession {

        private final String address = InProcessServerBuilder.generateName();

        @Bean(destroyMethod = "shutdownNow")
        Server service() throws IOException {
            return InProcessServerBuilder.forName(address)
                    .addService(new FakeChatService())
                    .build()
                    .start();
        }

        @Bean(destroyMethod = "shutdownNow")
        ManagedChannel channel() {
            return InProcessChannelBuilder.forName(address).build();
        }

        @Bean(destroyMethod = "") // BlockingSession closes it
        ChatSession chatSession(ManagedChannel channel, ClientProperties properties, ChatListener listener) {
            return ChatSession.builder(channel)
                    .settings(properties.sessionSettings())
                    .listener(listener)
                    .build();
        }

        @Bean
        RecordingScreen screen() {
            return new RecordingScreen();
        }

        @Bean
        InputProvider noInput() {
            return () -> null;
        }
    }
}
