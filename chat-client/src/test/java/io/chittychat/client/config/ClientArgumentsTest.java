package io.chittychat.client.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.chittychat.client.config.ClientArguments.Answer;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientArgumentsTest {

    @Test
    void optionsTakeTheirValueEitherWay() {
        String[] expected = {"--chitty.client.server=chat:9090", "--chitty.client.log-dir=/tmp/l"};
        assertThat(ClientArguments.parse("--server", "chat:9090", "--log-dir", "/tmp/l")
                        .settings())
                .containsExactly(expected);
        assertThat(ClientArguments.parse("--server=chat:9090", "--log-dir=/tmp/l")
                        .settings())
                .containsExactly(expected);
    }

    @Test
    void commandsStandBetweenSemicolons() {
        ClientRun run = ClientArguments.parse("join", "alice b", "--exec", "say hi\\; you;  ; who", "--exec=leave")
                .run();

        assertThat(run.commands()).containsExactly("join alice b", "say hi; you", "who", "leave");
        assertThat(run.reads()).isFalse();
        assertThat(ClientArguments.parse("join", "alice").run().reads()).isTrue();
    }

    @Test
    void commandsComeFromAFile() {
        ClientRun run = ClientArguments.parse("@talk.txt").run();

        assertThat(run.file()).contains(Path.of("talk.txt"));
        assertThat(run.reads()).isFalse();
    }

    @Test
    void tailFollowsFromATime() {
        ClientRun run = ClientArguments.parse("tail", "--after", "7", "--json").run();

        assertThat(run.tail()).contains(new ClientRun.Tail(OptionalLong.of(7)));
        assertThat(run.json()).isTrue();
        assertThat(run.isConversation()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> ClientArguments.parse("tail", "join", "x"));
    }

    @Test
    void lastOneOfAnOptionWins() {
        assertThat(ClientArguments.parse("--server", "a:1", "--server", "b:2").settings())
                .containsExactly("--chitty.client.server=b:2");
    }

    @Test
    void certificatesMeanEncryption() {
        assertThat(ClientArguments.parse("--tls-ca", "pom.xml", "--tls", "--tls-authority", "chat.example")
                        .settings())
                .containsExactly(
                        "--grpc.client.chat.security.trust-cert-collection=file:pom.xml",
                        "--grpc.client.chat.security.authority-override=chat.example",
                        "--grpc.client.chat.negotiation-type=TLS");
    }

    @Test
    void ownCertificateGoesWithItsKey() {
        assertThat(ClientArguments.parse("--tls-cert", "pom.xml", "--tls-key=pom.xml")
                        .settings())
                .containsExactly(
                        "--grpc.client.chat.security.certificate-chain=file:pom.xml",
                        "--grpc.client.chat.security.client-auth-enabled=true",
                        "--grpc.client.chat.security.private-key=file:pom.xml",
                        "--grpc.client.chat.negotiation-type=TLS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientArguments.parse("--tls-cert", "pom.xml"))
                .withMessageContaining("belong together");
    }

    @Test
    void tokenStandsInAFileAndNotInTheArguments() {
        assertThat(ClientArguments.parse("--token-file", "pom.xml").settings())
                .containsExactly("--chitty.client.token-file=pom.xml");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientArguments.parse("--token-file", "missing.txt"))
                .withMessage("cannot read the file of --token-file: missing.txt");
    }

    @Test
    void unreadableFileIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientArguments.parse("--tls-ca", "missing.pem"))
                .withMessage("cannot read the file of --tls-ca: missing.pem");
    }

    @Test
    void anySettingOfTheClientIsPassedOn() {
        assertThat(ClientArguments.parse("--chitty.client.farewell=1s").settings())
                .containsExactly("--chitty.client.farewell=1s");
    }

    @Test
    void helpAndVersionAreAnswered() {
        assertThat(ClientArguments.parse("--server", "a:1", "--help").answer()).contains(Answer.HELP);
        assertThat(ClientArguments.parse("--version").answer()).contains(Answer.VERSION);
        assertThat(ClientArguments.parse().answer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--serve",
                "join",
                "-x",
                "--exec",
                "--after=x",
                "--after=-1",
                "--after=3",
                "@",
                "--server",
                "--log-dir",
                "--server=",
                "--log-dir=",
                "--spring.x=y"
            })
    void unknownOrIncompleteArgumentIsRefused(String argument) {
        assertThatIllegalArgumentException().isThrownBy(() -> ClientArguments.parse(argument));
    }

    @ParameterizedTest
    @CsvSource({
        "--serve, did you mean --server?",
        "--token=x, did you mean --token-file?",
        "--log-dri=x, did you mean --log-dir?",
        "--help-me, ''",
        "--json=yes, --json takes no value",
        "jion, 'give join NAME, tail, @FILE or an option'"
    })
    void misspelledArgumentIsRefusedWithAdvice(String argument, String advice) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientArguments.parse(argument))
                .withMessageStartingWith("unknown argument: " + argument)
                .withMessageContaining(advice);
    }

    @Test
    void helpNamesEachOptionAndFitsATerminal() {
        assertThat(Usage.text().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .filteredOn(line -> line.startsWith("  --"))
                .hasSize(ClientOption.values().length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:",
                "localhost:0",
                "localhost:65536",
                ":9090",
                "a b:1",
                "a:1,,b:1",
                "xds:///a:1"
            })
    void serverMustBeHostAndPort(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientArguments.parse("--server", address))
                .withMessageContaining("HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:9090", "127.0.0.1:1", "[::1]:65535", "chat.example.org:443", "a:1,b:2", "dns:///a:1"})
    void serverIsHostAndPort(String address) {
        assertThat(ClientArguments.parse("--server", address).settings()).hasSize(1);
    }
}
