package io.chittychat.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.demo.launcher.Started.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher builds, when, and how several of them get on. */
@Timeout(240)
class LauncherBuildIT {

    /** How Maven is called: tests are not even compiled. */
    private static final String MAVEN = "-q -B -Dmaven.test.skip ";

    @TempDir
    private Path dir;

    private FakeCheckout checkout;

    @BeforeEach
    void make() throws IOException {
        checkout = FakeCheckout.in(dir);
    }

    @Test
    void whatIsMissingIsBuiltOnce() throws IOException {
        assertThat(checkout.run("demo").errors())
                .isEqualTo("building chat-server, chat-client, chat-trace, chat-demo (first time, some minutes) ...\n");
        assertThat(checkout.run("demo").errors()).isEmpty();
        assertThat(checkout.run("trace").errors()).isEmpty();
        assertThat(checkout.builds())
                .containsExactly(MAVEN + "package -pl chat-server,chat-client,chat-trace,chat-demo -am");
    }

    @Test
    void onlyTheExaminerIsBuiltToExamine() throws IOException {
        Run run = checkout.run("check", "localhost:5400");

        assertThat(run.java())
                .contains(checkout.root()
                        .resolve("chat-examiner/target/chat-examiner.jar")
                        .toString());
        assertThat(run.arguments()).containsExactly("localhost:5400");
        assertThat(checkout.builds()).containsExactly("-q -B -Dmaven.test.skip package -pl chat-examiner -am");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "nodes.txt"})
    void brokersAreBuiltForADemoOnSeveralNodesOnly(String scenario) throws IOException {
        Files.writeString(dir.resolve("nodes.txt"), "alice joins\n  node 2 is killed");

        checkout.run("demo", "--scenario=crowd");
        checkout.run("demo", "--scenario", scenario);

        assertThat(checkout.builds())
                .containsExactly(
                        MAVEN + "package -pl chat-server,chat-client,chat-trace,chat-demo -am",
                        MAVEN + "-Pbrokers package -pl chat-cluster -am");
    }

    @ParameterizedTest
    @CsvSource({
        "pom.xml, true",
        "chat-api/src/main/java/A.java, true",
        "chat-session/pom.xml, true",
        "chat-client/src/main/java/A.java, true",
        "config/chat-client.yml, true",
        "config/chat-server.yml, false",
        "config/prometheus/alerts.yml, false",
        "chat-server/src/main/java/A.java, false"
    })
    void clientIsBuiltAgainOnlyIfSomethingChangesThatItIsMadeOf(String file, boolean built) throws IOException {
        checkout.run("client");

        checkout.date(file, Instant.now().plusSeconds(5));
        Run run = checkout.run("client");

        assertThat(checkout.builds()).hasSize(built ? 2 : 1);
        if (built) {
            assertThat(run.errors()).startsWith("building chat-client (sources changed) ...");
        } else {
            assertThat(run.errors()).isEmpty();
        }
    }

    /** They are downloaded for what runs them, and for nothing else. */
    @Test
    void brokersAreBuiltOnlyForMeasurementsOfSeveralNodes() throws IOException {
        checkout.run("bench", "W1", "--rounds", "7");
        assertThat(checkout.builds()).containsExactly(MAVEN + "package -pl chat-server,chat-bench -am");

        checkout.run("bench", "--quick", "w7");
        assertThat(checkout.builds()).hasSize(2).endsWith(MAVEN + "-Pbrokers package -pl chat-cluster -am");
    }

    @Test
    void whatIsEditedDuringABuildIsBuiltNextTime() throws IOException {
        checkout.tell("hold");
        Started first = checkout.start(Map.of(), "trace");
        awaitBuild();
        checkout.date("chat-trace/src/main/java/A.java", Instant.now());
        checkout.untell("hold");
        first.await();

        checkout.run("trace");
        checkout.run("trace");

        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void failedBuildIsShownAndTriedAgain() throws IOException {
        checkout.tell("broken");
        Run failed = checkout.run("trace");
        assertThat(failed.exitCode()).isEqualTo(7);
        assertThat(failed.errors()).contains("the reason", "chitty: the build failed.");
        assertThat(failed.output()).isEmpty();

        checkout.untell("broken");
        assertThat(checkout.run("trace").exitCode()).isZero();
        assertThat(checkout.builds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flock", "perl"})
    void killedBuilderBlocksNobodyAndItsHalfJarIsBuiltAgain(String locker) throws IOException {
        lockBy(locker);
        checkout.tell("hold");
        Started killed = checkout.start(Map.of(), "trace");
        awaitBuild();
        killed.kill();
        checkout.untell("hold");

        Run next = checkout.run("trace");

        assertThat(next.errors()).startsWith("building chat-trace").doesNotContain("waiting");
        assertThat(checkout.root().resolve("chat-trace/target/chat-trace.jar")).hasContent("whole");
        assertThat(checkout.builds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flock", "perl"})
    void whoComesDuringABuildWaitsForItAndBuildsNothing(String locker) throws IOException {
        lockBy(locker);
        checkout.tell("hold");
        Started first = checkout.start(Map.of(), "trace");
        awaitBuild();
        Started second = checkout.start(Map.of(), "trace");
        second.awaitError("waiting for another build ...");
        checkout.untell("hold");

        assertThat(first.await().exitCode()).isZero();
        assertThat(second.await().exitCode()).isZero();
        assertThat(checkout.builds()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flock", "perl"})
    void nobodyWaitsForOneWhoOnlyLooks(String locker) throws IOException {
        lockBy(locker);
        checkout.run("client");
        Process looking = new ProcessBuilder(
                        "flock", "-s", checkout.root().resolve("pom.xml").toString(), "sh", "-c", "echo; cat")
                .start();
        try {
            assertThat(looking.getInputStream().read()).isEqualTo('\n');
            assertThat(checkout.run("client").errors()).isEmpty();
        } finally {
            looking.getOutputStream().close();
        }
    }

    @Test
    void withoutAnythingToLockWithNothingIsRun() throws IOException {
        checkout.remove("flock");
        Run run = checkout.run("trace");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).isEqualTo("chitty: flock or perl is needed, so that two builds do not meet.\n");
        assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void jarMadeByMavenItselfIsNotBuiltAgain() throws IOException {
        Path target = checkout.root().resolve("chat-trace/target");
        Files.createDirectories(target);
        for (String jar : List.of("chat-trace.jar", "chat-trace.jar.original")) {
            Files.writeString(target.resolve(jar), "");
        }
        checkout.date("chat-trace/target/chat-trace.jar", Instant.EPOCH); // as a reproducible build dates it

        assertThat(checkout.run("trace").errors()).isEmpty();
    }

    private void lockBy(String locker) throws IOException {
        if (!locker.equals("flock")) {
            checkout.remove("flock");
            checkout.bring(locker);
        }
    }

    private void awaitBuild() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(checkout.root().resolve("started")));
    }
}
