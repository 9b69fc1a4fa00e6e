package io.chittychat.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** Clients that never end their headers: probes are still answered, and the connections of these clients are closed. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=-1",
            "grpc.server.in-process-name=slow-headers",
            "server.tomcat.max-connections=40",
            "server.tomcat.connection-timeout=1h",
            "chitty.http.max-connections=10",
            "chitty.http.request-timeout=3s"
        })
class SlowHeadersTest {

    private static final int SLOW = 100;

    private static volatile CountDownLatch asked = new CountDownLatch(0);
    private static volatile CountDownLatch mayAnswer = new CountDownLatch(0);

    private final Logger tomcat = (Logger) LoggerFactory.getLogger("org.apache.tomcat.util.net");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @LocalServerPort
    private int port;

    @BeforeEach
    void listenToTomcat() {
        logged.start();
        tomcat.addAppender(logged);
    }

    /** Tomcat would log a connection that is closed before it has read from it. */
    @AfterEach
    void nothingIsLoggedAboutClosedConnections() {
        tomcat.detachAppender(logged);
        assertThat(logged.list).isEmpty();
    }

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

    @Test
    void connectionWhoseRequestIsBeingAnsweredIsNotClosed() throws Exception {
        List<Socket> silent = new ArrayList<>();
        asked = new CountDownLatch(1);
        mayAnswer = new CountDownLatch(1);
        try {
            CompletableFuture<HttpResponse<Void>> answer = HttpClient.newHttpClient()
                    .sendAsync(request("/actuator/health"), HttpResponse.BodyHandlers.discarding());
            asked.await();
            for (int i = 0; i < SLOW; i++) {
                silent.add(new Socket("127.0.0.1", port));
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hasEnded(silent.get(0))); // there are more connections than the limit
            mayAnswer.countDown();
            assertThat(answer.get().statusCode()).isEqualTo(200);
        } finally {
            mayAnswer.countDown();
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    /** A connection may be closed by Tomcat at the moment at which it is looked at. */
    @Test
    void connectionsThatEndAtOnceKeepNobodyOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                silent.add(new Socket("127.0.0.1", port)); // each of the others makes one of them give way
            }
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(this::comeAndGo),
                            CompletableFuture.runAsync(this::comeAndGo),
                            CompletableFuture.runAsync(this::comeAndGo))
                    .get();
            assertThat(liveness()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private void comeAndGo() {
        for (int i = 0; i < 1_000; i++) {
            try (Socket brief = new Socket("127.0.0.1", port)) {
                brief.setSoLinger(true, 0); // ends with a reset, which Tomcat notices at once
                send(brief, "GET / HTTP/1.0\r\n\r\n");
            } catch (IOException e) {
                // the service closed it
            }
        }
    }

    private int liveness() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request("/actuator/health/liveness"), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    /** A health indicator that answers when the test lets it. */
    @TestConfiguration(proxyBeanMethods = false)
    static class SlowHealth {
        @Bean
        HealthIndicator slow() {
            return () -> {
                asked.countDown();
                try {
                    mayAnswer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Health.up().build();
            };
        }
    }

    /** Sends one more byte of the headers, and returns whether the server has closed the connection. */
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
