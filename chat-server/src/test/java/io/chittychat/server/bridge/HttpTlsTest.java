package io.chittychat.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.access.Authority;
import io.chittychat.server.access.Authority.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The HTTP port with TLS, of a service that wants client certificates. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=0",
            "chitty.auth.mode=mtls",
            "chitty.grpc.tls.bundle=chat",
            "chitty.grpc.tls.client-auth=need",
            "server.ssl.bundle=chat",
            "spring.ssl.bundle.pem.chat.reload-on-update=true",
            "spring.ssl.bundle.watch.file.quiet-period=100ms"
        })
class HttpTlsTest {

    private static final Authority SERVERS = new Authority("servers");
    private static final Authority OTHER_SERVERS = new Authority("other servers");
    private static final Path FILES =
            Path.of("target", "http-tls-" + ProcessHandle.current().pid());

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void bundle(DynamicPropertyRegistry settings) throws IOException {
        Files.createDirectories(FILES);
        show(SERVERS.issue("CN=chat", "localhost"));
        Path people = Files.writeString(FILES.resolve("people.pem"), new Authority("people").certificatePem());
        settings.add("spring.ssl.bundle.pem.chat.keystore.certificate", () -> "file:" + FILES.resolve("server.pem"));
        settings.add("spring.ssl.bundle.pem.chat.keystore.private-key", () -> "file:" + FILES.resolve("server.key"));
        settings.add("spring.ssl.bundle.pem.chat.truststore.certificate", () -> "file:" + people);
    }

    private static void show(Identity identity) throws IOException {
        Files.writeString(FILES.resolve("server.pem"), identity.certificatePem());
        Files.writeString(FILES.resolve("server.key"), identity.keyPem());
    }

    private static HttpClient trusting(Authority authority) {
        return HttpClient.newBuilder().sslContext(authority.trust()).build();
    }

    private HttpResponse<String> join(HttpClient client) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/chittychat.v1.ChatService/Join"))
                        .header("content-type", "application/json")
                        .header("origin", "https://localhost:" + port)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"participantName\":\"alice\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void joinOverHttpIsRefusedInWordsAndCertificatesAreReplaced() throws Exception {
        HttpResponse<String> refused = join(trusting(SERVERS));
        assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("CREDENTIALS_INVALID", "which only gRPC can show");

        show(OTHER_SERVERS.issue("CN=chat", "localhost"));

        await().ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> join(trusting(OTHER_SERVERS)).statusCode() == 401);
    }
}
