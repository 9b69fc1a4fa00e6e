package io.chittychat.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;

/** Settings with which the service does not start, and unsafe settings that it warns of. */
@ExtendWith(OutputCaptureExtension.class)
class SecuritySettingsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(WiringTest.Slice.class)
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
            .withPropertyValues("chitty.store.durability=memory", "grpc.server.address=127.0.0.1");

    private static String sentence(@Nullable Throwable failure) {
        FailureAnalysis analysis =
                new StartFailureAnalyzer(new StandardEnvironment()).analyze(Objects.requireNonNull(failure));
        return Objects.requireNonNull(analysis, "not a problem of the settings").getDescription();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "chitty.sesion.resume-window=5s | unknown setting chitty.sesion.resume-window",
                "chitty.auth.mode=token | chitty.auth.token-file",
                "chitty.auth.mode=token, chitty.auth.token-file=missing | cannot read missing",
                "chitty.auth.mode=jwt | public-key-file",
                "chitty.auth.mode=jwt, chitty.auth.jwt.jwk-set-uri=http://localhost/keys | audience",
                "chitty.auth.mode=jwt, chitty.auth.jwt.audience=a, chitty.auth.jwt.public-key-file=pom.xml | no RSA public key",
                "chitty.auth.mode=jwt, chitty.auth.jwt.audience=a, chitty.auth.jwt.jwk-set-uri=http://localhost/keys,"
                        + " chitty.auth.jwt.algorithm=none | algorithm=none",
                "chitty.auth.mode=mtls | chitty.grpc.tls.bundle",
                "chitty.grpc.tls.bundle=nowhere | 'nowhere' cannot be used",
                "chitty.security.strict=true, grpc.server.address=0.0.0.0 | strict=true does not allow that"
            })
    void contradictoryOrUnsafeSettingsAreRefusedInOneSentence(String settings, String words) {
        runner.withPropertyValues(settings.split(", ?")).run(context -> {
            assertThat(context).hasFailed();
            assertThat(sentence(context.getStartupFailure()))
                    .startsWith("Chitty-Chat does not start: ")
                    .contains(words)
                    .hasLineCount(1);
        });
    }

    @Test
    void emptySettingsCountAsUnset() {
        runner.withPropertyValues(
                        "chitty.auth.tokens=",
                        "chitty.auth.token-file=",
                        "chitty.auth.jwt.jwk-set-uri=",
                        "chitty.auth.jwt.public-key-file=",
                        "chitty.grpc.tls.bundle=")
                .run(context -> {
                    AuthProperties auth =
                            context.getBean(ChittyProperties.class).auth();
                    assertThat(auth.tokens()).isEmpty();
                    assertThat(auth.tokenFile()).isNull();
                    assertThat(auth.jwt().jwkSetUri()).isNull();
                    assertThat(auth.jwt().publicKeyFile()).isNull();
                });
    }

    @Test
    void tokensCanBeSetDirectly() {
        runner.withPropertyValues("chitty.auth.mode=token", "chitty.auth.tokens=sesame,mellon")
                .run(context -> {
                    ChittyProperties properties = context.getBean(ChittyProperties.class);
                    assertThat(properties.auth().tokens()).hasSize(2);
                    assertThat(properties.toString())
                            .doesNotContain("sesame")
                            .doesNotContain("mellon")
                            .contains("***");
                });
    }

    @Test
    void openServiceOnLoopbackCausesNoWarning(CapturedOutput output) {
        runner.withPropertyValues("chitty.security.strict=true")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("Not safe");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "*", "::", "192.0.2.1"})
    void openServiceForOtherMachinesCausesAWarning(String address, CapturedOutput output) {
        runner.withPropertyValues("grpc.server.address=" + address)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .contains("Not safe: gRPC listens on " + address)
                .contains("chitty.auth.mode=open")
                .contains("chitty.grpc.tls.bundle");
    }

    @Test
    void tokensWithoutEncryptionCauseAWarning(CapturedOutput output) {
        runner.withPropertyValues("grpc.server.address=0.0.0.0", "chitty.auth.mode=token", "chitty.auth.tokens=sesame")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("unencrypted").doesNotContain("chitty.auth.mode=open");
    }
}
