package io.chittychat.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.access.Authority;
import io.chittychat.server.access.Authority.Identity;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Clients of HTTP/2 that do not read, many at once: others go on as if they were not there. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "server.ssl.bundle=chat") // which is all that HTTP/2 needs
class Http2Test extends Http2Readers {

    private static final Authority SERVERS = new Authority("servers");

    @DynamicPropertySource
    static void bundle(DynamicPropertyRegistry settings) {
        Identity identity = SERVERS.issue("CN=chat", "localhost");
        settings.add("spring.ssl.bundle.pem.chat.keystore.certificate", identity::certificatePem);
        settings.add("spring.ssl.bundle.pem.chat.keystore.private-key", identity::keyPem);
    }

    @Override
    Socket begin(Socket connection) throws IOException {
        SSLSocket socket =
                (SSLSocket) SERVERS.trust().getSocketFactory().createSocket(connection, "localhost", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        return socket;
    }

    @Test
    void readersWhoseWindowsAreClosedHoldUpNobody() throws Exception {
        double before = slowReaders();
        for (int i = 0; i < STALLED; i++) {
            broadcast(client(0), join());
        }
        othersGoOn();
        await().atMost(Duration.ofSeconds(30)).until(() -> slowReaders() == before + STALLED);
    }

    @Test
    void readersOfOtherAnswersThatDoNotReadHoldUpNobody() throws Exception {
        for (int i = 0; i < 10; i++) {
            RawHttp2 client = client(0);
            try {
                for (int j = 0; j < 50; j++) {
                    client.get("/actuator/health");
                }
            } catch (IOException e) {
                // the service has closed the connection already, as it may
            }
        }
        othersGoOn();
        HttpClient probe = HttpClient.newBuilder().sslContext(SERVERS.trust()).build();
        for (int i = 0; i < 10; i++) {
            assertThat(probe.send(
                                    HttpRequest.newBuilder(URI.create(
                                                    "https://localhost:" + port + "/actuator/health/liveness"))
                                            .timeout(Duration.ofSeconds(30))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** A connection of HTTP/2 has 100 streams at most. */
    @Test
    void streamsOfReadersThatDoNotReadAreGivenBack() throws Exception {
        RawHttp2 client = client(0);
        for (int i = 0; i < 8; i++) { // Tomcat closes a connection of which many streams are reset
            broadcast(client, join());
        }
        int ended = 0;
        while (ended < 8) {
            RawHttp2.Frame frame = client.read();
            assertThat(frame.type()).isNotEqualTo(RawHttp2.GOAWAY);
            ended += frame.type() == RawHttp2.RESET ? 1 : 0;
        }
        client.open(0, 100_000_000); // each stream is told of the joins of later ones
        for (int i = 0; i < 100; i++) {
            int stream = broadcast(client, join());
            client.open(stream, 10_000);
            client.readUntil(stream, "caughtUp");
        }
    }

    private static String leave(RawHttp2 client) throws IOException {
        int stream = client.post(SERVICE + "Leave", "{}", "content-type", "application/json");
        client.open(stream, 10_000);
        return client.readToEnd(stream);
    }

    @Test
    void bodyThatDoesNotArriveEndsItsCall() throws Exception {
        RawHttp2 client = client(10_000);
        int stream = client.begin("POST", SERVICE + "Join", 0, "content-type", "application/json");
        client.send(RawHttp2.DATA, 0, stream, new byte[] {'{'});
        assertThat(client.readToEnd(stream)).isEmpty();
        assertThat(leave(client)).contains("SESSION_UNKNOWN");
    }

    @Test
    void refusalHasNoHeaderThatHttp2Forbids() throws Exception {
        HttpResponse<Void> refused = HttpClient.newBuilder()
                .sslContext(SERVERS.trust())
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + port + SERVICE + "Join"))
                                .header("content-type", "application/json")
                                .header("sec-fetch-site", "cross-site")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("connection")).isEmpty();
    }

    /** Over HTTP/1.1: a record of TLS does not fit behind what was read before. */
    @Test
    void readerThatSendsWithoutEndIsEnded() throws Exception {
        try (SSLSocket reader = (SSLSocket) SERVERS.trust().getSocketFactory().createSocket("localhost", port)) {
            reader.setSoTimeout(30_000);
            String body = "{\"sessionToken\":\"" + join() + "\"}";
            String head =
                    "POST " + SERVICE + "Broadcast HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n"
                            + "accept: application/x-ndjson\r\ncontent-length: " + body.length() + "\r\n\r\n";
            reader.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            assertThat(reader.getInputStream().read()).isEqualTo('H');
            byte[] record = new byte[16_000];
            for (int i = 0; i < 3; i++) {
                reader.getOutputStream().write(record);
            }
            reader.getInputStream().readAllBytes(); // until the service ends it, or the timeout fails the test
        } catch (SocketException e) {
            // it was ended while it sent
        }
    }
}
