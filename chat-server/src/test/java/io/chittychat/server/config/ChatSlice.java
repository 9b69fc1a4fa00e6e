package io.chittychat.server.config;

import io.chittychat.server.observe.StartAnnouncement;
import io.chittychat.server.rpc.ChatService;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.UUID;
import net.devh.boot.grpc.common.autoconfigure.GrpcCommonCodecAutoConfiguration;
import net.devh.boot.grpc.server.autoconfigure.GrpcAdviceAutoConfiguration;
import net.devh.boot.grpc.server.autoconfigure.GrpcHealthServiceAutoConfiguration;
import net.devh.boot.grpc.server.autoconfigure.GrpcReflectionServiceAutoConfiguration;
import net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import net.devh.boot.grpc.server.autoconfigure.GrpcServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/**
 * A test of the service alone: its log is in memory, and there is no web server and no actuator. The bean {@link
 * ManagedChannel} is an in-process channel to it. A {@link
 * TestPropertySource} has the settings of the test; with {@code
 * grpc.server.port=0} the service listens on a port instead, and there is no channel.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        classes = ChatSlice.Service.class,
        properties = {"chitty.store.durability=memory", "grpc.server.port=-1"})
@ContextConfiguration(initializers = ChatSlice.WithoutNetwork.class)
public @interface ChatSlice {

    /** The service's own beans, and those of the gRPC starter. Not marked as a configuration, so that no scan finds it. */
    @EnableConfigurationProperties(ChittyProperties.class)
    @ImportAutoConfiguration({
        ApplicationAvailabilityAutoConfiguration.class,
        GrpcAdviceAutoConfiguration.class,
        GrpcCommonCodecAutoConfiguration.class,
        GrpcHealthServiceAutoConfiguration.class,
        GrpcReflectionServiceAutoConfiguration.class,
        GrpcServerAutoConfiguration.class,
        GrpcServerFactoryAutoConfiguration.class
    })
    @Import({
        SettingsCheck.class,
        ServerConfiguration.class,
        GrpcConfiguration.class,
        MeterConfiguration.class,
        SecurityConfiguration.class,
        StartAnnouncement.class,
        ChatService.class
    })
    class Service {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean(destroyMethod = "shutdownNow")
        @ConditionalOnProperty(WithoutNetwork.NAME)
        ManagedChannel channel(Environment environment) {
            return InProcessChannelBuilder.forName(environment.getRequiredProperty(WithoutNetwork.NAME))
                    .build();
        }
    }

    /** Gives the service a unique in-process name, unless it has a port. */
    final class WithoutNetwork implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        static final String NAME = "grpc.server.in-process-name";

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            if (context.getEnvironment().getRequiredProperty("grpc.server.port").equals("-1")) {
                TestPropertyValues.of(NAME + "=" + UUID.randomUUID()).applyTo(context);
            }
        }
    }
}
