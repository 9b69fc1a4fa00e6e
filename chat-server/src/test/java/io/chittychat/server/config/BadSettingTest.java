package io.chittychat.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** An invalid setting stops the start with one sentence that says what to write instead. */
class BadSettingTest {

    private final AtomicReference<Environment> environment = new AtomicReference<>();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Slice.class)
            .withInitializer(context -> environment.set(context.getEnvironment()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "chitty.session.resume-window=50ms | resume-window=50ms must be 100ms or more, such as 5s",
                "chitty.session.resume-window=soon | resume-window=soon is not possible: write a duration, such as",
                "chitty.store.durability=disk | durability=disk is not possible: write one of fsync, os, memory",
                "chitty.limits.max-participants=0 | max-participants=0 must be 1 or more",
                "chitty.limits.max-participants=many | write a whole number",
                "chitty.timeline.max-bytes=64XB | write a size, such as",
                "chitty.grpc.max-message-size=3GB | max-message-size=3GB must be a size from 1KB to 1GB",
                "chitty.http.max-connections=0 | chitty.http.max-connections=0 must be 1 or more, such as 300",
                "chitty.console.buffer=1KB | chitty.console.buffer=1KB must be a size from 64KB to 1GB",
                "chitty.auth.jwt.clock-skew=-1s | chitty.auth.jwt.clock-skew=-1s must not be negative",
                "chitty.store.retention.max-events=-1 | must not be negative: 1000000 keeps a million, 0 all",
                "chitty.limits.max-participants=0 | (set in \"chitty.limits.max-participants\" from property source",
                "chitty.rates.publishes.per-second=-1 | chitty.rates.publishes.per-second=-1 must not be negative: 0 is no limit",
                "chitty.security.strict=perhaps | write true or false",
                "chitty.auth.mode=none | write one of open, token, jwt, mtls"
            })
    void invalidSettingStopsTheStartWithOneSentence(String setting, String words) {
        runner.withPropertyValues(setting).run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = new StartFailureAnalyzer(Objects.requireNonNull(environment.get()))
                    .analyze(Objects.requireNonNull(context.getStartupFailure()));
            assertThat(Objects.requireNonNull(analysis).getDescription())
                    .startsWith("Chitty-Chat does not start: ")
                    .contains(words)
                    .endsWith(".")
                    .hasLineCount(1);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ChittyProperties.class)
    static class Slice {}
}
