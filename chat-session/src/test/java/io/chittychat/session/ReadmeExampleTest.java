package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example in the README and in docs/embedding.md is this code, and it works. */
class ReadmeExampleTest {

    private static final Path SOURCE = Path.of("src/test/java/io/chittychat/session/ReadmeExample.java");
    private static final List<Path> PAGES = List.of(Path.of("../README.md"), Path.of("../docs/embedding.md"));

    @Test
    void pagesShowTheExample() throws IOException {
        List<String> source = Files.readAllLines(SOURCE);
        String example = String.join(
                "\n",
                source.subList(source.indexOf("        // begin") + 1, source.indexOf("        // end")).stream()
                        .map(line -> "    " + line.substring(8))
                        .toList());

        assertThat(PAGES).allSatisfy(page -> assertThat(page).content().contains(example));
    }

    @Test
    void exampleSaysHello() throws IOException {
        FakeChatService service = new FakeChatService();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .build()
                .start();
        try {
            ReadmeExample.talk("127.0.0.1:" + server.getPort());
        } finally {
            server.shutdownNow();
        }
        assertThat(service.log()).hasSize(3);
        assertThat(service.log().get(1).getText()).isEqualTo("Hello from Java!");
    }
}
