package io.chittychat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.process.machine.Home;
import io.chittychat.trace.TraceCommand;
import io.chittychat.trace.check.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scenario of several nodes as people play it, from the jar. */
@Timeout(300)
class FailoverIT {

    @TempDir
    private Path dir;

    @Test
    void conversationGoesOnWhenNodesAndTheLeadingBrokerDie() throws IOException, InterruptedException {
        Programs unused = ProgramsUnderTest.get(); // which the demonstration finds
        Path output = dir.resolve("demo.out");
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        Home.dir().resolve("chat-demo/target/chat-demo.jar").toString(),
                        "demo",
                        "--scenario=failover",
                        "--home=" + Home.dir(),
                        "--dir=" + dir.resolve("run"),
                        "--no-report")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(demo.waitFor(280, TimeUnit.SECONDS)).isTrue();
        } finally {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }

        // A client that has waited for a connection for a second tries the next node, so who is where depends on the
        // machine.
        assertThat(output)
                .content()
                .containsPattern("(?s)alice is at node [1-3].*bob is at node [1-3].*carol is at node [1-3]")
                .containsSubsequence("node 2 is killed", "bob: What?", "I have noticed nothing.")
                .containsSubsequence("which led the partition, is killed", "alice: It is, and once.")
                .containsSubsequence("node 2 is started again", "node 3 is cut off", "carol: Three, but")
                .containsSubsequence("node 3 reaches the brokers again", "carol: Good night.", "Everything holds")
                .doesNotContain("joins again automatically");
        for (Requirement requirement : Requirement.values()) {
            assertThat(output).content().containsPattern("(?m)^ +" + requirement.label() + " .* [1-9][0-9]* .* holds$");
        }
        assertThat(demo.exitValue()).isZero();
        assertThat(dir.resolve("run/diagram.svg"))
                .content()
                .contains("in the chat at node-", "node 2 is killed", "node 2 starts again")
                .contains("node 3 is cut off", "node 3 is back")
                .containsPattern("broker [1-3] is killed");
        assertThat(dir.resolve("run/diagram.html")).content().contains("node 2 is killed", "carol listens at node-");
        assertThat(TraceCommand.run(List.of(dir.resolve("run").toString()), System.out, System.err))
                .isZero();
    }
}
