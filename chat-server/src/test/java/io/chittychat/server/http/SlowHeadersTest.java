package io.chittychat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients that never end their headers: a probe gets through all the same, and they are closed. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=-1",
            "grpc.server.in-process-name=slow-headers",
            "server.tomcat.max-connections=40",
            "server.tomcat.connection-timeout=1h",
            "chitty.http.max-connections-per-address=10",
            "chitty.http.request-timeout=3s"
        })
class SlowHeadersTest {

    private static final int SLOW = 100;

    @LocalServerPort
    private int port;

    @Test
    void probeGetsThroughAndSlowClientsAreClosed() throws IOException, InterruptedException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                Socket socket = new Socket("127.0.0.1", port);
                socket.setSoTimeout(1);
                slow.add(socket);
                send(socket, "GET /actuator/health HTTP/1.1\r\nHost: test\r\nSlow: ");
            }
            assertThat(liveness()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(60)).until(() -> slow.stream().allMatch(SlowHeadersTest::isClosed));
            assertThat(liveness()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private int liveness() throws IOException, InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/liveness"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient()
                .send(probe, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Sends one more byte of the headers, and looks whether anybody is there to read it. */
    private static boolean isClosed(Socket socket) {
        return !send(socket, "x") || hasEnded(socket);
    }

    private static boolean send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasEnded(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
