package io.chittychat.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.process.Loopback;
import io.chittychat.server.ChatServerApplication;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service whose standard output is a pipe that is not read, as by a paused {@code docker logs} or a hung log shipper.
 */
@Timeout(500)
class StoppedReaderIT {

    private static final int CALLS = 25_000;
    private static final int ENOUGH_TO_FILL_EVERY_BUFFER = 12_000;
    private static final int UNDER_WAY = 100;
    private static final Pattern MISSING = Pattern.compile(".* (\\d+) lines are missing here: .*");

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private int httpPort;
    private Process service;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        port = Loopback.freePort();
        httpPort = Loopback.freePort();
        service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChatServerApplication.class.getName(),
                        "--grpc.server.port=" + port,
                        "--server.port=" + httpPort,
                        "--chitty.store.durability=os",
                        "--chitty.store.file=" + directory.resolve("chitty.db"),
                        "--chitty.session.resume-window=1m",
                        "--chitty.console.buffer=256KB")
                .redirectErrorStream(true)
                .start();
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        await().atMost(Duration.ofSeconds(150))
                .ignoreExceptions()
                .until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        service.destroyForcibly();
    }

    @Test
    void chatGoesOnAndTheReaderLearnsHowManyLinesItMissed() throws Exception {
        publish(CALLS);

        HttpResponse<String> health = get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\":\"DEGRADED\"");
        assertThat(get("/actuator/health/liveness").body()).contains("UP");
        assertThat(get("/actuator/health/readiness").body()).contains("UP");
        double dropped = meter("chitty_console_dropped_lines_total");
        assertThat(dropped).isPositive();
        assertThat(meter("chitty_console_waiting_bytes")).isPositive();

        List<String> lines = readUntil("rpc=Leave");
        assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"");
        List<Long> missing = lines.stream()
                .map(MISSING::matcher)
                .filter(Matcher::matches)
                .map(match -> Long.parseLong(match.group(1)))
                .toList();
        assertThat(missing).singleElement().isEqualTo((long) dropped);
        assertThat(lines.stream().filter(line -> line.contains("rpc=Publish")).count() + dropped)
                .isEqualTo(CALLS);
    }

    @Test
    void serviceStopsEvenIfNothingReadsItsOutput() throws Exception {
        publish(ENOUGH_TO_FILL_EVERY_BUFFER);

        service.destroy();
        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isEqualTo(143);
    }

    private void publish(int count) throws InterruptedException {
        String token = ChatServiceGrpc.newBlockingStub(channel)
                .join(JoinRequest.newBuilder().setParticipantName("alice").build())
                .getSessionToken();
        Semaphore underWay = new Semaphore(UNDER_WAY);
        AtomicInteger answered = new AtomicInteger();
        ChatServiceGrpc.ChatServiceStub calls = ChatServiceGrpc.newStub(channel);
        for (int i = 0; i < count; i++) {
            assertThat(underWay.tryAcquire(30, TimeUnit.SECONDS))
                    .as("an answer after %d", answered.get())
                    .isTrue();
            calls.publish(
                    PublishRequest.newBuilder()
                            .setSessionToken(token)
                            .setText("message " + i)
                            .build(),
                    new StreamObserver<>() {
                        @Override
                        public void onNext(PublishResponse reply) {
                            answered.incrementAndGet();
                        }

                        @Override
                        public void onError(Throwable failure) {
                            underWay.release();
                        }

                        @Override
                        public void onCompleted() {
                            underWay.release();
                        }
                    });
        }
        assertThat(underWay.tryAcquire(UNDER_WAY, 30, TimeUnit.SECONDS)).isTrue();
        assertThat(answered).hasValue(count);
    }

    /** Reads the output up to the line of a call; the call is made after reading has begun. */
    private List<String> readUntil(String call) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(service.getInputStream(), UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.contains("are missing here")) {
                assertThatThrownBy(
                        () -> ChatServiceGrpc.newBlockingStub(channel).leave(LeaveRequest.getDefaultInstance()));
            }
            if (line.contains(call)) {
                return lines;
            }
        }
        return lines;
    }

    private double meter(String name) {
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
