package io.chittychat.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.RunnableJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps two clusters, and a cluster and a build, out of each other's way. */
class ClusterDirectoryTest {

    @TempDir
    private Path dir;

    @Test
    void oneClusterAtATimeUsesADirectory() {
        Path data = dir.resolve("new/cluster");
        try (ClusterDirectory first = ClusterDirectory.open(data)) {
            assertThatThrownBy(() -> ClusterDirectory.open(data))
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessage("another cluster runs in " + data + "; end it, or use --dir");
        }
        ClusterDirectory.open(data).close();
    }

    @Test
    void directoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");
        assertThatThrownBy(() -> ClusterDirectory.open(file.resolve("cluster")))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageStartingWith(file.resolve("cluster") + " cannot be used: ");
    }

    @Test
    void programIsRunFromACopy() throws IOException {
        Path built = Files.writeString(dir.resolve("chat-server.jar"), "one");
        try (ClusterDirectory directory = ClusterDirectory.open(dir.resolve("cluster"))) {
            RunnableJar copy = directory.copy(new RunnableJar(built, List.of("-Xmx1m")));
            Files.writeString(built, "another build");
            assertThat(copy.file()).hasContent("one").isNotEqualTo(built);
            assertThat(copy.jvmOptions()).containsExactly("-Xmx1m");
        }
    }

    @Test
    void librariesAreRunFromCopiesThatAreThoseOfTheBuild() throws IOException {
        Path built = Files.createDirectories(dir.resolve("lib"));
        Files.writeString(built.resolve("kafka-2.jar"), "two");
        Path data = dir.resolve("cluster");
        Files.writeString(
                Files.createDirectories(data.resolve("broker-libraries")).resolve("kafka-1.jar"), "one");
        try (ClusterDirectory directory = ClusterDirectory.open(data)) {
            Path copies = directory.copyLibraries(built);
            Files.writeString(built.resolve("kafka-2.jar"), "another build");
            assertThat(copies).isDirectoryNotContaining("glob:**kafka-1.jar");
            assertThat(copies.resolve("kafka-2.jar")).hasContent("two");
        }
    }

    @Test
    void portsAreTheSameWithTheNextStart() {
        Path file = dir.resolve("ports");
        List<Integer> first = KeptPorts.of(file, 2);
        assertThat(KeptPorts.of(file, 2)).isEqualTo(first);
        assertThat(KeptPorts.of(file, 4)).hasSize(4).startsWith(first.toArray(Integer[]::new));
        assertThat(KeptPorts.of(file, 1)).containsExactly(first.get(0));
        assertThat(KeptPorts.known(file)).hasSize(4);
        assertThat(KeptPorts.known(dir.resolve("missing"))).isEmpty();
    }

    @Test
    void portThatIsUsedIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> KeptPorts.requireFree(port, "broker 1", dir))
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessage("port " + port + " of broker 1 is in use; end what uses it, or delete " + dir);
            other.close();
            KeptPorts.requireFree(port, "broker 1", dir);
        }
    }
}
