package io.chittychat.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.cluster.ProcessWatch.Role;
import io.chittychat.process.Await;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever runs a cluster is told which of its processes has ended, how, and what that means. */
class ProcessWatchTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    private Path dir;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Children children = new Children();

    @AfterEach
    void end() {
        children.close();
    }

    @Test
    void deadBrokersAreNamedWithWhatTheirDeathMeans() {
        ProcessWatch watch = watch(3, 1);
        ChildProcess first = start(watch, Role.BROKER, 1, "sleep 600");
        ChildProcess second = start(watch, Role.BROKER, 2, "sleep 600");
        start(watch, Role.BROKER, 3, "sleep 600");

        second.kill();
        assertThat(line(1))
                .isEqualTo(
                        "broker 2 has ended: killed by signal 9, pid %d, log %s. 2 of 3 brokers remain:"
                                + " the conversation goes on. To start it again, type 'broker 2'",
                        second.pid(), dir.resolve("broker-2.log"));
        first.kill();
        assertThat(line(2)).contains("1 of 3 brokers remains: nobody can publish until one is started again.");
    }

    @Test
    void nodeThatIsStartedAgainCounts() {
        ProcessWatch watch = watch(1, 2);
        start(watch, Role.NODE, 1, "exit 3");
        assertThat(line(1)).startsWith("node 1 has ended: exit code 3, pid ").contains("1 of 2 nodes remains: the");

        ChildProcess again = start(watch, Role.NODE, 1, "sleep 600");
        ChildProcess other = start(watch, Role.NODE, 2, "sleep 600");
        other.kill();
        assertThat(line(2)).contains("1 of 2 nodes remains: the conversation goes on");
        again.kill();
        assertThat(line(3)).contains("0 of 2 nodes remain: nobody can talk until one is started again");
    }

    @Test
    void endOfAllIsNoNews() {
        ProcessWatch watch = watch(1, 1);
        ChildProcess broker = start(watch, Role.BROKER, 1, "sleep 600");
        children.close();
        broker.process().onExit().join();
        assertThat(broker.awaitExit(BOUND)).isPresent();
        assertThat(printed.toString(UTF_8)).isEmpty();
    }

    private ProcessWatch watch(int brokers, int nodes) {
        return new ProcessWatch(brokers, nodes, new PrintStream(printed, true, UTF_8), children::isClosed);
    }

    private ChildProcess start(ProcessWatch watch, Role role, int number, String script) {
        Path output = dir.resolve(role.noun() + "-" + number + ".log");
        ChildProcess process = children.start(
                role.noun() + " " + number,
                List.of("sh", "-c", script.startsWith("exit") ? script : "exec " + script),
                dir,
                output);
        watch.watch(role, number, process);
        return process;
    }

    /** Waits for a line, which are counted from 1. */
    private String line(int number) {
        return Await.until("line " + number, BOUND, () -> {
            String whole = printed.toString(UTF_8);
            List<String> lines =
                    whole.substring(0, whole.lastIndexOf('\n') + 1).lines().toList(); // the last may be half a line
            return lines.size() < number ? Optional.empty() : Optional.of(lines.get(number - 1));
        });
    }
}
