package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.rpc.GrpcPort;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract over HTTP, against a whole server. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=0",
            "chitty.session.resume-window=1s",
            "chitty.broadcast.slow-reader-timeout=1s",
            "server.tomcat.connection-timeout=1s",
            "server.tomcat.keep-alive-timeout=20s",
            "chitty.rates.joins.per-second=1000000",
            "chitty.web.origins=https://app.example.com"
        })
@Import(GrpcPort.class)
class BridgeTest {

    private static final String SERVICE = "/chittychat.v1.ChatService/";
    private static final String LINES = "application/x-ndjson";
    private static final AtomicInteger NAMES = new AtomicInteger();

    @LocalServerPort
    private int port;

    @Autowired
    private GrpcPort grpc;

    @Autowired
    private ParticipantRegistry participants;

    @Autowired
    private MeterRegistry meters;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestConfiguration(proxyBeanMethods = false)
    static class Buffers {
        /** So that few messages fill the buffers of a reader that does not read. */
        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallBuffers() {
            return tomcat ->
                    tomcat.addConnectorCustomizers(connector -> connector.setProperty("socket.txBufSize", "8192"));
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpRequest post(String method, String json, String... headers) {
        HttpRequest.Builder request = request(SERVICE + method).POST(HttpRequest.BodyPublishers.ofString(json));
        request.setHeader("content-type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    private HttpResponse<String> call(String method, String json, String... headers)
            throws IOException, InterruptedException {
        return client.send(post(method, json, headers), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private String join() throws IOException, InterruptedException {
        HttpResponse<String> joined = call("Join", "{\"participantName\":\"p" + NAMES.incrementAndGet() + "\"}");
        assertThat(joined.statusCode()).isEqualTo(200);
        return json(joined.body()).path("sessionToken").asString();
    }

    private HttpResponse<String> publish(String token, String text) throws IOException, InterruptedException {
        return call("Publish", "{\"sessionToken\":\"" + token + "\",\"text\":\"" + text + "\"}");
    }

    private static String reason(JsonNode error) {
        return error.path("details").path(0).path("debug").path("reason").asString();
    }

    private Stream<String> lines(String token) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> stream = client.send(
                post("Broadcast", "{\"sessionToken\":\"" + token + "\"}", "accept", LINES),
                HttpResponse.BodyHandlers.ofLines());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("content-type")).hasValue(LINES);
        return stream.body();
    }

    @Test
    void streamMayBeSilentForLongerThanARequest() throws Exception {
        String token = join();
        try (Stream<String> lines = lines(token);
                Socket silent = new Socket("localhost", port)) {
            Iterator<String> line = lines.iterator();
            assertThat(line.next()).contains("EVENT_TYPE_JOINED");
            assertThat(line.next()).contains("caughtUp");
            assertThat(silent.getInputStream().read()).isNegative(); // no request has come for too long
            assertThat(publish(token, "at last").statusCode()).isEqualTo(200);
            while (!line.next().contains("at last")) {
                // others leave
            }
        }
    }

    @Test
    void conversationByJson() throws Exception {
        String token = join();
        try (Stream<String> stream = lines(token)) {
            Iterator<String> lines = stream.iterator();
            assertThat(lines.next()).contains("EVENT_TYPE_JOINED");
            assertThat(lines.next()).contains("caughtUp");
            assertThat(publish(token, "hello").statusCode()).isEqualTo(200);
            assertThat(lines.next()).contains("\"text\":\"hello\"");
            assertThat(call("ListEvents", "{\"sessionToken\":\"" + token + "\"}")
                            .body())
                    .contains("hello");
            assertThat(call("Leave", "{\"sessionToken\":\"" + token + "\"}").statusCode())
                    .isEqualTo(200);
            assertThat(lines.hasNext()).isFalse();
        }
    }

    @Test
    void errorsAreTyped() throws Exception {
        HttpResponse<String> refused = publish(join(), " ");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused.body()).path("code").asString()).isEqualTo("invalid_argument");
        assertThat(reason(json(refused.body()))).isEqualTo("TEXT_BLANK");
        HttpResponse<String> line = call("Broadcast", "{\"sessionToken\":\"none\"}", "accept", LINES);
        assertThat(line.statusCode()).isEqualTo(401);
        assertThat(reason(json(line.body()).path("error"))).isEqualTo("SESSION_UNKNOWN");
        assertThat(call("Broadcast", "{}").statusCode()).isEqualTo(415);
        assertThat(call("Nothing", "{}").statusCode()).isEqualTo(501);
        assertThat(call("Join", "{}", "connect-timeout-ms", "x").statusCode()).isEqualTo(400);
        HttpResponse<String> got = client.send(request(SERVICE + "Join").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(got.statusCode()).isEqualTo(405);
        assertThat(call("PublishStream", "", "content-type", "application/connect+json")
                        .body())
                .contains("unimplemented");
    }

    @Test
    void secondBroadcastReplacesTheFirst() throws Exception {
        String token = join();
        try (Stream<String> first = lines(token);
                Stream<String> second = lines(token)) {
            List<String> all = first.toList();
            assertThat(reason(json(all.get(all.size() - 1)).path("error"))).isEqualTo("SUPERSEDED");
            assertThat(second.iterator().next()).contains("JOINED");
        }
    }

    @Test
    void bodyIsBoundedBeforeItIsRead() throws Exception {
        String huge = "{\"x\":\"" + "a".repeat(70_000) + "\"}";
        assertThat(call("Join", huge).statusCode()).isEqualTo(429);
        HttpRequest chunked = request(SERVICE + "Join")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(huge)))
                .build();
        assertThat(client.send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(429);
    }

    @Test
    void deadlineEndsAStream() throws Exception {
        HttpResponse<String> ended = call(
                "Broadcast", "{\"sessionToken\":\"" + join() + "\"}", "accept", LINES, "connect-timeout-ms", "300");
        assertThat(ended.body()).endsWith("}}\n").contains("{\"error\":{\"code\":\"deadline_exceeded\"");
    }

    /** A session without a sign of life expires, so the service has noticed that its reader has gone. */
    @Test
    void readerThatGoesAwayIsNoticedAlthoughNothingIsWritten() throws Exception {
        String token = join();
        String name = "p" + NAMES.get();
        try (Socket reader = broadcast(token)) {
            readUntil(reader.getInputStream(), "caughtUp");
            assertThat(isPresent(name)).isTrue();
        }
        await().until(() -> !isPresent(name));
    }

    /** What is sent ahead would be the next request; it must not hide that nobody waits for this one. */
    @Test
    void readerThatSendsMoreAndGoesAwayIsNoticed() throws Exception {
        String token = join();
        String name = "p" + NAMES.get();
        try (Socket reader = broadcast(token)) {
            readUntil(reader.getInputStream(), "caughtUp");
            reader.getOutputStream().write('x');
            assertThat(publish(token, "still here").statusCode()).isEqualTo(200);
            readUntil(reader.getInputStream(), "still here");
        }
        await().until(() -> !isPresent(name));
    }

    @Test
    void nextRequestMayComeBeforeTheAnswer() throws Exception {
        String token = join();
        try (Socket reader = broadcast(token)) {
            readUntil(reader.getInputStream(), "caughtUp");
            reader.getOutputStream().write("GET /served.txt HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            assertThat(call("Leave", "{\"sessionToken\":\"" + token + "\"}").statusCode())
                    .isEqualTo(200);
            readUntil(reader.getInputStream(), "HTTP/1.1 200");
        }
    }

    @Test
    void readerThatSendsWithoutEndIsEnded() throws Exception {
        String token = join();
        String name = "p" + NAMES.get();
        try (Socket reader = broadcast(token)) {
            readUntil(reader.getInputStream(), "caughtUp");
            reader.getOutputStream().write(new byte[100_000]);
            await().until(() -> !isPresent(name));
        } catch (java.net.SocketException e) {
            await().until(() -> !isPresent(name)); // it was ended while it sent
        }
    }

    private boolean isPresent(String name) {
        return participants.sessions().stream()
                .flatMap(id -> participants.find(id).stream())
                .anyMatch(session -> session.participant().equals(name));
    }

    private Socket broadcast(String token) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        String body = "{\"sessionToken\":\"" + token + "\"}";
        socket.getOutputStream()
                .write(("POST " + SERVICE + "Broadcast HTTP/1.1\r\nHost: localhost\r\naccept: " + LINES
                                + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n"
                                + body)
                        .getBytes(UTF_8));
        return socket;
    }

    private static void readUntil(InputStream in, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (read.append((char) b).indexOf(text, read.length() - text.length()) >= 0) {
                return;
            }
        }
        Assertions.fail("the stream ended: " + read);
    }

    @Test
    void readerThatDoesNotReadIsEndedAndOthersGoOn() throws Exception {
        double before = meters.counter("chitty.readers.slow").count();
        String slow = join();
        try (Socket reader = broadcast(slow)) {
            readUntil(reader.getInputStream(), "caughtUp");
            String talker = join();
            String text = "x".repeat(128);
            for (int i = 0; i < 600; i++) { // more than the socket's buffers take
                assertThat(publish(talker, text).statusCode()).isEqualTo(200);
            }
            await().until(() -> meters.counter("chitty.readers.slow").count() > before);
            assertThat(publish(talker, text).statusCode()).isEqualTo(200);
            readUntil(reader.getInputStream(), "SLOW_READER"); // its stream has what it could take, and the reason
        }
    }

    @Test
    void forgedPeerOverGrpcHasNoEffectAndNeitherHasAHeaderOverHttp() throws Exception {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", grpc.number())
                .usePlaintext()
                .build();
        try {
            Metadata forged = new Metadata();
            forged.put(Metadata.Key.of("bridge-peer", Metadata.ASCII_STRING_MARSHALLER), "not an address");
            JoinResponse joined = ChatServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(forged))
                    .join(JoinRequest.newBuilder().setParticipantName("forger").build());
            assertThat(joined.getSessionToken()).isNotEmpty();
        } catch (StatusRuntimeException e) {
            Assertions.fail("the header was read", e);
        } finally {
            channel.shutdownNow();
        }
        assertThat(call("Join", "{\"participantName\":\"forger2\"}", "bridge-peer", "not an address")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void allowedOriginsAreAnsweredAndOthersNot() throws Exception {
        HttpRequest question = request(SERVICE + "Join")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("origin", "https://app.example.com")
                .header("access-control-request-method", "POST")
                .build();
        HttpResponse<String> permitted = client.send(question, HttpResponse.BodyHandlers.ofString());
        assertThat(permitted.statusCode()).isEqualTo(204);
        assertThat(permitted.headers().firstValue("access-control-allow-origin"))
                .hasValue("https://app.example.com");
        assertThat(permitted.headers().firstValue("access-control-allow-credentials"))
                .isEmpty();
        HttpResponse<String> evil = call("Join", "{\"participantName\":\"evil\"}", "origin", "https://evil.example");
        assertThat(evil.statusCode()).isEqualTo(403);
        assertThat(evil.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(json(evil.body()).path("code").asString()).isEqualTo("permission_denied");
        assertThat(json(evil.body()).path("message").asString()).contains("chitty.web.origins");
    }

    @Test
    void hostsAndOriginsAreCheckedOnTheActuatorToo() throws Exception {
        for (String path : new String[] {"/", "/actuator/health/liveness", SERVICE + "Join"}) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\n"))
                    .contains(" 421 ");
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"))
                    .contains(" 403 ");
            String good = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
            assertThat(good).doesNotContain(" 421 ", " 403 ");
            assertThat(good.toLowerCase(java.util.Locale.ROOT))
                    .contains("content-security-policy: default-src 'none'", "x-content-type-options: nosniff")
                    .doesNotContain("unsafe-");
        }
        assertThat(raw("GET /actuator/health/liveness HTTP/1.0\r\n")).contains(" 421 ");
    }

    private String raw(String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void staticFilesOfOtherModulesAreServed() throws Exception {
        assertThat(client.send(request("/served.txt").build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void unaryCallsOfGrpcWebAndHttp2() throws Exception {
        HttpRequest health = request("/grpc.health.v1.Health/Check")
                .header("content-type", "application/grpc-web+proto")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5]))
                .build();
        byte[] answer =
                client.send(health, HttpResponse.BodyHandlers.ofByteArray()).body();
        assertThat(answer).startsWith(0, 0, 0, 0, 2, 8, 1, 0x80);
        assertThat(new String(answer, UTF_8)).endsWith("grpc-status: 0\r\n");
        List<HttpResponse<String>> both = new ArrayList<>();
        HttpClient second = HttpClient.newHttpClient(); // asks for an upgrade to HTTP/2
        for (int i = 0; i < 2; i++) {
            both.add(second.send(
                    post("Join", "{\"participantName\":\"h" + i + "\"}"), HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(both).allMatch(joined -> joined.statusCode() == 200);
    }
}
