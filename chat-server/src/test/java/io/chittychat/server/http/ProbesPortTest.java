package io.chittychat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Probes and metrics on a separate port, which clients need not reach. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=-1",
            "grpc.server.in-process-name=probes-port",
            "management.server.port=0"
        })
class ProbesPortTest {

    @LocalServerPort
    private int open;

    @LocalManagementPort
    private int probes;

    @Test
    void probesAreAnsweredOnlyOnTheirOwnPort() throws IOException, InterruptedException {
        for (String path : new String[] {"health/liveness", "health/readiness", "prometheus"}) {
            assertThat(status(probes, path)).isEqualTo(200);
            assertThat(status(open, path)).isEqualTo(404);
        }
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
