package io.chittychat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.when;

import io.chittychat.client.render.EventLine;
import io.chittychat.client.shell.ChatShellRunner;
import io.chittychat.client.shell.PlainScreen;
import io.chittychat.client.shell.Screen;
import io.chittychat.session.FakeChatService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.shell.core.InputProvider;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The whole program with the addresses of two nodes, of which one stops. */
@SpringBootTest(
        properties = {
            "chitty.client.interactive=false",
            "chitty.client.log-dir=target/test-logs",
            "chitty.client.state-dir=target/test-state",
            "spring.main.allow-bean-definition-overriding=true"
        })
class SeveralAddressesTest {

    private static final List<Server> nodes = new ArrayList<>();
    private static final List<String> addresses = new ArrayList<>();
    private static final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @MockitoBean
    private InputProvider input;

    private final ChatShellRunner shell;

    @Autowired
    SeveralAddressesTest(ChatShellRunner shell) {
        this.shell = shell;
    }

    @DynamicPropertySource
    static void serve(DynamicPropertyRegistry settings) throws IOException {
        FakeChatService service = new FakeChatService();
        for (int i = 0; i < 2; i++) {
            Server node = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(service)
                    .build()
                    .start();
            nodes.add(node);
            addresses.add("127.0.0.1:" + node.getPort());
        }
        settings.add("chitty.client.server", () -> String.join(",", addresses));
    }

    /** Records the printed lines. */
    @TestConfiguration
    static class Output {
        @Bean("plainScreen")
        @Primary
        Screen recordingScreen() {
            return new PlainScreen(
                    new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), EventLine::of, () -> {});
        }
    }

    @AfterAll
    static void stop() {
        nodes.forEach(Server::shutdownNow);
    }

    @Test
    void conversationGoesOnAtTheOtherAddressAndClockNamesIt() throws Exception {
        run("join alice", "say one", "clock");
        String first = addresses.stream()
                .filter(address -> printed(out, "  connected to " + address))
                .findFirst()
                .orElseThrow();
        int index = addresses.indexOf(first);
        String second = addresses.get(1 - index);

        nodes.get(index).shutdownNow();
        await().until(() -> printed(err, "* Connection to " + first + " lost; reconnecting."));
        run("clock", "say two");
        await().until(() -> printed(err, "* Connected again to " + second + "; nothing was missed."));
        run("clock", "leave");

        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "* Connection to " + first + " lost; reconnecting.",
                        "* Connected again to " + second + "; nothing was missed.");
        assertThat(out.toString(UTF_8).lines()).contains("  connected to " + second);
        assertThat(out.toString(UTF_8)).containsOnlyOnce("alice: one").containsOnlyOnce("alice: two");
    }

    private void run(String first, String... more) throws Exception {
        when(input.readInput()).thenReturn(first, more).thenReturn(null);
        shell.run(new String[0]);
    }

    private static boolean printed(ByteArrayOutputStream to, String line) {
        return to.toString(UTF_8).lines().anyMatch(line::equals);
    }
}
