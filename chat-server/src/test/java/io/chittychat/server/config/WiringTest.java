package io.chittychat.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.log.Answer;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.rpc.ChatService;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** The service's own beans, without the gRPC server, the web server and other beans of Spring Boot. */
@SpringJUnitConfig(WiringTest.Slice.class)
@TestPropertySource(properties = {"chitty.store.durability=memory", "grpc.server.address=127.0.0.1"})
class WiringTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ChittyProperties.class)
    @Import({
        SettingsCheck.class,
        ServerConfiguration.class,
        MeterConfiguration.class,
        SecurityConfiguration.class,
        ChatService.class
    })
    static class Slice {
        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    @Autowired
    private ChatService service;

    @Autowired
    private LamportClock clock;

    @Autowired
    private ParticipantRegistry participants;

    @Autowired
    private CommandLog log;

    @Test
    void theRoomWritesTheClockAndTheRegistryThatTheServiceReads() {
        Answer<Result.Joined> joined = new Answer<>();
        SessionId session = new SessionId(1, 2);
        log.submit(new Command.Join(ParticipantName.of("alice"), session, Optional.empty(), 41), joined);
        await().until(joined::isThere);
        assertThat(clock.read()).isEqualTo(42);
        assertThat(participants.find(session)).isPresent();
        assertThat(service.bindService().getMethods()).hasSize(8);
    }

    @Test
    void invalidSettingsStopTheStart() {
        ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Slice.class);
        runner.withPropertyValues("chitty.store.durability=memory")
                .run(context -> assertThat(context).hasNotFailed());
        for (String setting : new String[] {
            "chitty.session.resume-window=0s",
            "chitty.limits.max-participants=0",
            "chitty.store.durability=sometimes",
            "chitty.store.retention.max-events=-1"
        }) {
            String name = setting.substring(0, setting.indexOf('='));
            runner.withPropertyValues(setting)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .message()
                            .containsIgnoringCase(
                                    name.substring(name.lastIndexOf('.') + 1).split("-")[0]));
        }
    }
}
