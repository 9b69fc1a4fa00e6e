package io.chittychat.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A service whose operator wants neither calls over HTTP nor the page; the actuator has a port of its own. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=-1",
            "grpc.server.in-process-name=switched-off",
            "management.server.port=0",
            "chitty.web.enabled=false",
            "chitty.web.page=false"
        })
class SwitchedOffTest {

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int actuator;

    private static int status(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest.Builder at(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    @Test
    void thereAreNoCallsAndThereIsNoPage() throws Exception {
        HttpRequest.Builder join = at(port, "/chittychat.v1.ChatService/Join")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(status(join)).isEqualTo(404);
        assertThat(status(at(port, "/"))).isEqualTo(404);
        assertThat(status(at(port, "/served.txt"))).isEqualTo(404);
    }

    @Test
    void actuatorsOwnPortHasTheSameRules() throws Exception {
        assertThat(status(at(actuator, "/actuator/health/liveness"))).isEqualTo(200);
        assertThat(status(at(actuator, "/actuator/health/liveness").header("origin", "http://evil.example")))
                .isEqualTo(403);
    }
}
