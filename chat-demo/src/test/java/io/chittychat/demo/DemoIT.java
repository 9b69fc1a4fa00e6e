package io.chittychat.demo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.process.machine.Home;
import io.chittychat.trace.TraceCommand;
import io.chittychat.trace.check.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as people run it, from its jar. */
@Timeout(120)
class DemoIT {

    private static final Path SHORT = Home.dir().resolve("chat-demo/src/test/resources/scenarios/short.txt");

    private static final Path GREETING = Home.dir().resolve("chat-demo/src/test/resources/scenarios/greeting.txt");

    @TempDir
    private Path dir;

    private final Map<Long, ProcessHandle> descendants = new LinkedHashMap<>();
    private ProcessBuilder command;
    private Path output;

    @BeforeEach
    void prepare() {
        Programs unused = ProgramsUnderTest.get(); // which the demonstration finds
        output = dir.resolve("demo.out");
        command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        Home.dir().resolve("chat-demo/target/chat-demo.jar").toString(),
                        "demo",
                        "--home",
                        Home.dir().toString(),
                        "--dir",
                        dir.resolve("run").toString(),
                        "--no-report")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
    }

    @AfterEach
    void leaveNothingBehind() {
        descendants.values().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void demoProvesEveryRequirementAndLeavesNoProcessBehind() throws IOException {
        Process demo = command.start();
        awaitEnd(demo);

        assertThat(output)
                .content()
                .contains("Everything holds")
                .containsSubsequence("the line of dave is cut", "dave is back", "receives what was said meanwhile")
                .containsSubsequence("dave: Typed without a connection.", "Participant carol left");
        for (Requirement requirement : Requirement.values()) {
            assertThat(output).content().containsPattern(rowOf(requirement));
        }
        assertThat(demo.exitValue()).isZero();
        assertThat(descendants.values()).hasSizeGreaterThanOrEqualTo(5).noneMatch(ProcessHandle::isAlive);
        assertThat(dir.resolve("run/logs/participant-dave.log")).isNotEmptyFile();
        assertThat(dir.resolve("run/trace.txt")).content().contains("Everything holds.");
        assertThat(dir.resolve("run/diagram.svg")).content().contains("dave", "Is anybody here?");
        assertThat(dir.resolve("run/diagram.html")).content().contains("Is anybody here?", "participant-dave.log");
        assertThat(dir.resolve("run/sequence.puml")).content().contains("@startuml", "dave");
        assertThat(dir.resolve("run/trace.json")).content().contains("\"participant-dave.log\"");
        assertThat(TraceCommand.run(List.of(dir.resolve("run").toString()), System.out, System.err))
                .isZero();
    }

    /** Bad lines and a restart need no longer conversation than this; the scenario that people see has more of it. */
    @Test
    void whatIsSaidOnBadLinesAndToAServiceThatIsKilledIsThereOnce() throws IOException {
        command.command().addAll(List.of("--scenario", SHORT.toString(), "--seed", "7"));
        Process demo = command.start();
        awaitEnd(demo);

        assertThat(output)
                .content()
                .contains("it had broken", "noticed by alice, bob", "alice is back", "bob is back")
                .contains("until it got through; it is there once", "--seed 7", "Everything holds");
        assertThat(demo.exitValue()).isZero();
        assertThat(dir.resolve("run/output/server.out"))
                .content()
                .containsSubsequence("Chitty-Chat is ready", "Chitty-Chat is ready"); // the log of both is kept
    }

    /** A home with programs, but without what makes the report: what it says of the conversation is said all the same. */
    @Test
    void reportThatCannotBeMadeHidesNoVerdict() throws IOException {
        Path home = dir.resolve("home");
        for (String module : List.of("chat-server", "chat-client")) {
            Path target = Files.createDirectories(home.resolve(module).resolve("target"));
            Files.createSymbolicLink(
                    target.resolve(module + ".jar"),
                    Home.dir().resolve(module).resolve("target").resolve(module + ".jar"));
        }
        command.command().remove("--no-report");
        command.command().addAll(List.of("--home", home.toString(), "--scenario", GREETING.toString()));
        Process demo = command.start();
        awaitEnd(demo);

        assertThat(output)
                .content()
                .contains("the report: could not be made", "the report's fonts are missing")
                .containsPattern("Everything holds, after [0-9]+ s\\. Not made: the report\\.\\R$");
        assertThat(demo.exitValue()).isEqualTo(3);
    }

    @Test
    void demoThatIsAskedToEndLeavesNoProcessBehind() throws IOException {
        Process demo = command.start();
        await().atMost(60, SECONDS).until(() -> {
            watch(demo);
            return descendants.size() >= 4; // it, the server and two participants
        });
        demo.destroy();
        awaitEnd(demo);

        assertThat(demo.exitValue()).isNotZero();
        assertThat(descendants.values()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void demoShowsWhatTheServerSaidIfItDoesNotStart() throws IOException {
        command.environment().put("CHITTY_JAVA_OPTS", "-XX:+NoSuchOption");
        Process demo = command.start();
        awaitEnd(demo);

        assertThat(demo.exitValue()).isEqualTo(1);
        assertThat(output).content().contains("stopped early", "Unrecognized VM option", "FAILED");
    }

    private static String rowOf(Requirement requirement) {
        return "(?m)^ +" + requirement.label() + " .* [1-9][0-9]* " + requirement.unit() + " +holds$";
    }

    private void awaitEnd(Process demo) {
        await().atMost(100, SECONDS).until(() -> {
            watch(demo);
            return !demo.isAlive();
        });
    }

    private void watch(Process demo) {
        demo.descendants().forEach(process -> descendants.putIfAbsent(process.pid(), process));
        descendants.putIfAbsent(demo.pid(), demo.toHandle());
    }
}
