package io.chittychat.demo.examiner;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.web.SelfSigned;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.RunnableJar;
import io.chittychat.process.ServerProcess;
import io.chittychat.process.machine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged examiner finds nothing wrong with the packaged service. */
@Timeout(180)
class CheckIT {

    private static final Duration BOUND = Duration.ofSeconds(120);

    @TempDir
    private Path dir;

    private Workspace workspace;
    private Children children;

    @BeforeEach
    void open() {
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
    }

    @AfterEach
    void close() {
        children.close();
        workspace.close();
    }

    @Test
    void ownServiceIsFoundToHold() {
        requireHolds(List.of(), List.of());
    }

    @Test
    void ownServiceIsExaminedByTlsWithAToken() throws IOException {
        SelfSigned certificate = SelfSigned.create(dir);
        Path tokens = Files.writeString(dir.resolve("tokens"), "a-token-of-more-than-thirty-two-characters\n");
        List<String> settings = new ArrayList<>(certificate.grpcSettings());
        settings.addAll(List.of("--chitty.auth.mode=token", "--chitty.auth.token-file=" + tokens));

        requireHolds(settings, List.of("--tls-ca", certificate.pem().toString(), "--token-file", tokens.toString()));
    }

    private void requireHolds(List<String> settings, List<String> options) {
        List<String> all = new ArrayList<>(settings);
        all.add("--chitty.session.resume-window=2s");
        ServerProcess server =
                ProgramsUnderTest.get().startServer(children, workspace, all).awaitReady();
        List<String> arguments = new ArrayList<>(List.of(server.address()));
        arguments.addAll(options);
        ChildProcess check = children.start(
                "check",
                RunnableJar.of(Home.dir(), "chat-examiner", List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"))
                        .command(arguments),
                dir,
                workspace.output("check"));

        assertThat(check.awaitExit(BOUND)).as(check::output).isEqualTo(OptionalInt.of(0));
        assertThat(check.output())
                .contains("All that can be seen from outside holds.")
                .doesNotContain("a note:");
    }
}
