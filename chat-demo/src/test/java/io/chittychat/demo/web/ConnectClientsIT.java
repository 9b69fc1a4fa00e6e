package io.chittychat.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.chittychat.demo.faults.witness.ProcessStatus;
import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Workspace;
import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import io.chittychat.process.machine.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published clients of the Connect protocol and gRPC-Web, against the packaged service: each test of {@code
 * src/test/node} is one here. Skipped only where there is no Node.js and none can be installed.
 */
@Timeout(300) // Node.js may have to be installed
@SuppressWarnings("NullAway.Init")
class ConnectClientsIT {

    /** More than what the service may use, and the buffers of a connection hold, so that a client that does not read is noticed. */
    private static final int EVENTS = 30_000;

    private static final long MOST_MEMORY = 400; // MB, of a heap of 160 MB and what a JVM needs beside it

    /** A stream may be silent, and its reader may pause, for longer than Tomcat's timeout of 5 s. */
    private static final List<String> SETTINGS = List.of(
            "--chitty.session.resume-window=8s",
            "--chitty.broadcast.slow-reader-timeout=8s",
            "--chitty.http.max-connections-per-address=300",
            "--chitty.rates.reads.per-second=1",
            "--chitty.rates.reads.burst=60");

    @TempDir
    private static Path dir;

    private static Workspace workspace;
    private static Children children;
    private static NodeProject project;

    @BeforeAll
    static void open() {
        Optional<String> problem = NodeProject.install();
        assumeTrue(problem.isEmpty(), () -> "no client was tried: " + problem.orElse(""));
        Path module = Home.dir().resolve("chat-demo");
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
        project = NodeProject.of(module.resolve("src/test/node"), module.resolve("target/node"), children);
    }

    @AfterAll
    static void close() {
        if (children != null) {
            children.close();
            workspace.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> clientsOfOthers() throws IOException {
        SelfSigned certificate = SelfSigned.create(dir);
        ServerProcess plain = ProgramsUnderTest.get().startServer(children, workspace, SETTINGS);
        ServerProcess encrypted = ProgramsUnderTest.get()
                .startServer(children, workspace, with(certificate.settings(), "--chitty.store.file=encrypted.db"));
        History.publish(plain.awaitReady().address(), EVENTS);
        History.publish(encrypted.awaitReady().address(), EVENTS);

        NodeReport report = project.test(Map.of(
                "CHITTY_HTTP",
                "http://" + plain.httpAddress(),
                "CHITTY_HTTPS",
                "https://" + encrypted.httpAddress(),
                "NODE_EXTRA_CA_CERTS",
                certificate.pem().toString(),
                "CHITTY_DESCRIPTORS",
                Descriptors.write(dir).toString()));
        ProcessStatus status = ProcessStatus.of(plain.child().pid());

        return Stream.concat(
                report.results().stream()
                        .map(result -> dynamicTest(
                                result.name(), () -> result.failure().ifPresent(ConnectClientsIT::fail))),
                Stream.of(
                        dynamicTest(
                                "all tests ran",
                                () -> assertThat(report.results())
                                        .as(report.output())
                                        .hasSizeGreaterThan(50)),
                        dynamicTest(
                                "the service's memory is bounded",
                                () -> assertThat(status.residentMegabytes()).isLessThan(MOST_MEMORY))));
    }

    private static List<String> with(List<String> settings, String... more) {
        return Stream.of(SETTINGS, settings, List.of(more))
                .flatMap(List::stream)
                .toList();
    }

    /** Without a stack trace of Java's, which says nothing. */
    private static void fail(String why) {
        AssertionError error = new AssertionError(why);
        error.setStackTrace(new StackTraceElement[0]);
        throw error;
    }
}
