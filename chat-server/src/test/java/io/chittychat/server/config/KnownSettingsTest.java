package io.chittychat.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A setting with an unknown name is refused wherever it is set, and no other. */
class KnownSettingsTest {

    private static final Pattern VARIABLE = Pattern.compile("CHITTY_[A-Z_]*[A-Z]");

    private static void check(Map<String, Object> settings, Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        KnownSettings.packed().check(environment);
    }

    private static void checkVariable(String variable) {
        check(Map.of(), Map.of(variable, "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"chitty.sesion.resume-window", "chitty.session.resume", "chitty.console.full", "chitty.grpc.tls"
            })
    void mistypedSettingIsRefused(String name) {
        assertThatThrownBy(() -> check(Map.of(name, "5s"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("unknown setting " + name)
                .hasMessageContaining("(set in ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chitty.session.resume-window",
                "chitty.session.resumeWindow",
                "chitty.auth.tokens[1]",
                "chitty.console.when-full",
                "chitty.rates.joins.burst",
                "server.port"
            })
    void settingIsKnown(String name) {
        assertThatCode(() -> check(Map.of(name, "5s"), Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHITTY_SESION_RESUMEWINDOW",
                "CHITTY_STORE_FIEL",
                "CHITTY_STOREFILE",
                "CHITTY_GRPC_MAXMESSAGESIZE_IN_BYTES",
                "CHITTY_ADRESS",
                "CHITTY_GRPC_PORT",
                "CHITTY_RATES_PUBLISHES"
            })
    void mistypedVariableIsRefused(String variable) {
        assertThatThrownBy(() -> checkVariable(variable))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("unknown variable " + variable + " in the environment")
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHITTY_SESSION_RESUMEWINDOW",
                "CHITTY_SESSION_RESUME_WINDOW",
                "CHITTY_STORE_FILE",
                "CHITTY_AUTH_TOKENS",
                "CHITTY_AUTH_TOKENS_0",
                "CHITTY_CONSOLE_WHENFULL",
                "CHITTYCHAT_HOME",
                "PATH"
            })
    void variablesOfSettingsAndOfOtherProgramsAreAccepted(String variable) {
        assertThatCode(() -> checkVariable(variable)).doesNotThrowAnyException();
    }

    /** Kubernetes sets them in each container if there is a service named chitty-server. */
    @Test
    void variablesOfKubernetesAreAccepted() {
        Map<String, Object> variables = Stream.of(
                        "SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_GRPC", "PORT", "PORT_9090_TCP_ADDR")
                .collect(Collectors.toMap(name -> "CHITTY_SERVER_" + name, name -> "1"));
        assertThatCode(() -> check(Map.of(), variables)).doesNotThrowAnyException();
    }

    @Test
    void variablesThatTheRepositoryUsesAreKnown() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String file : new String[] {
            "chitty",
            "Dockerfile",
            "docker-compose.yml",
            ".ci/bare",
            "config/chat-server.yml",
            "config/chat-client.yml",
            "docs/operations.md",
            "docs/client.md",
            "docs/security.md"
        }) {
            VARIABLE.matcher(Files.readString(Path.of("..", file)))
                    .results()
                    .map(found -> found.group())
                    .forEach(used::add);
        }
        assertThat(used).contains("CHITTY_STORE_FILE", "CHITTY_JAVA_OPTS");
        Map<String, Object> variables = used.stream().collect(Collectors.toMap(name -> name, name -> "1"));
        assertThatCode(() -> check(Map.of(), variables)).doesNotThrowAnyException();
    }
}
