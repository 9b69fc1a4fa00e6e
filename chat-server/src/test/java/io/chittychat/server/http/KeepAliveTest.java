package io.chittychat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** More clients than connections may wait: no request is lost, because no connection ends unannounced. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=-1",
            "grpc.server.in-process-name=keep-alive",
            "chitty.http.max-connections=40",
            "chitty.http.max-connections-per-address=10"
        })
class KeepAliveTest {

    private static final int CLIENTS = 100;

    @LocalServerPort
    private int port;

    /** A client that keeps its connection as long as the service does not announce that it ends. */
    private final class Client implements AutoCloseable {

        private Socket socket = new Socket();
        private boolean isOpen;

        void get() throws IOException {
            if (!isOpen) {
                socket.close();
                socket = new Socket("127.0.0.1", port);
            }
            socket.getOutputStream()
                    .write("GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("HTTP/1.1 200");
            isOpen = true;
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                isOpen &= !line.toLowerCase(Locale.ROOT).equals("connection: close");
            }
            String body = in.readLine();
            while (isOpen && !body.equals("0")) { // the last chunk; otherwise the body ends with the connection
                body = in.readLine();
            }
            in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void noRequestIsLostHoweverManyClientsKeepTheirConnections() throws IOException {
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client());
            }
            for (int round = 0; round < 3; round++) {
                for (Client client : clients) {
                    client.get();
                }
            }
            assertThat(clients.stream().filter(client -> client.isOpen).count()).isBetween(11L, 40L);
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }
}
