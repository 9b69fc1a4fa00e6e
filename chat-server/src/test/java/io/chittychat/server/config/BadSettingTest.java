package io.chittychat.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** A setting that is not possible stops the start with one sentence that says what to write instead. */
class BadSettingTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Slice.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chitty.session.resume-window=50ms | resume-window=50ms must be 100ms or more, such as 5s",
                "chitty.session.resume-window=soon | resume-window=soon is not possible: write a duration, such as",
                "chitty.store.durability=disk | durability=disk is not possible: write one of fsync, os, memory",
                "chitty.limits.max-participants=0 | max-participants=0 must be 1 or more",
                "chitty.limits.max-participants=many | write a whole number",
                "chitty.timeline.max-bytes=64XB | write a size, such as",
                "chitty.grpc.max-message-size=3GB | must be a size from 1KB to 1GB",
                "chitty.rates.publishes.per-second=-1 | must not be negative: 0 is no limit",
                "chitty.security.strict=perhaps | write true or false",
                "chitty.auth.mode=none | write one of open, token, jwt, mtls"
            })
    void stopsTheStartWithOneSentence(String setting, String words) {
        runner.withPropertyValues(setting).run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis =
                    new BadSettingFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure()));
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
