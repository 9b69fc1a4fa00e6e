package io.chittychat.demo.faults.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.Workspace;
import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import io.chittychat.process.machine.Home;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service in a process of its own with little memory, and a healthy participant in it. All of its heap is in RAM from the
 * beginning on, so resident memory that grows is memory beside the heap; what is kept in the heap ends the process.
 */
public final class AttackedService implements AutoCloseable {

    /** What callers may keep resident in the service, and room for code that is compiled meanwhile. */
    private static final long MORE_MEGABYTES = 64 + 48;

    private static final int MOST_THREADS = 150;
    private static final Duration CALM = Duration.ofSeconds(60);
    private static final String JVM =
            "-Xms128m -Xmx128m -XX:+AlwaysPreTouch -XX:MaxDirectMemorySize=64m -XX:+ExitOnOutOfMemoryError";
    private static final Pattern HTTP = Pattern.compile("Chitty-Chat is ready: .*, HTTP on (\\S+)");

    private final Workspace workspace;
    private final Children children = new Children();
    private final ServerProcess server;
    private final HttpPort http;
    private final ServiceLogWatch log;
    private final HealthyParticipant healthy;
    private long residentMegabytes; // when it had warmed up

    private AttackedService(Path dir, List<String> settings) {
        workspace = Workspace.open(dir);
        server = Programs.of(Home.dir())
                .with(Optional.of(JVM))
                .startServer(children, workspace, settings)
                .awaitReady();
        Matcher ready = HTTP.matcher(server.child().output());
        assertThat(ready.find()).as("the line that says where HTTP is").isTrue();
        http = new HttpPort(ready.group(1));
        log = new ServiceLogWatch(workspace.output("server"));
        healthy = HealthyParticipant.join("healthy", server.address());
    }

    /** Starts a service in an empty directory. */
    public static AttackedService start(Path dir, List<String> settings) {
        return new AttackedService(dir, settings);
    }

    /** Where gRPC is. */
    public InetSocketAddress grpc() {
        return address(server.address());
    }

    /** Where HTTP is. */
    public HttpPort http() {
        return http;
    }

    public InetSocketAddress httpAddress() {
        return address(http.address());
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return new InetSocketAddress(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    public HealthyParticipant healthy() {
        return healthy;
    }

    public ServiceLogWatch log() {
        return log;
    }

    public ProcessStatus status() {
        server.child().requireAlive();
        return ProcessStatus.of(server.child().pid());
    }

    /** From now on memory must not grow by much. */
    public void hasWarmedUp() {
        residentMegabytes = status().residentMegabytes();
    }

    /** Fails if it has more memory or threads than callers may make it take. */
    public void checkResources() {
        ProcessStatus now = status();
        assertThat(now.threads()).as("threads").isLessThanOrEqualTo(MOST_THREADS);
        assertThat(now.residentMegabytes())
                .as("resident memory in MB, %d when it had warmed up", residentMegabytes)
                .isLessThanOrEqualTo(residentMegabytes + MORE_MEGABYTES);
    }

    /** Waits until only the healthy participant is left, and fails if something else stays open. */
    public void awaitCalm() {
        await().atMost(CALM).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(http.meter("chitty_participants")).as("participants").isEqualTo(1);
            assertThat(http.meter("chitty_broadcasts_open"))
                    .as("open Broadcasts")
                    .isEqualTo(1);
            assertThat(http.meter("chitty_log_up")).as("log up").isEqualTo(1);
        });
    }

    @Override
    public void close() {
        healthy.close();
        children.close();
        workspace.close();
    }
}
