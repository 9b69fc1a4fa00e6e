package io.chittychat.server.bridge;

import static org.awaitility.Awaitility.await;

import io.chittychat.server.rpc.GrpcPort;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.PublishRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A whole server with readers that do not read, and others. */
@TestPropertySource(
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=0",
            "chitty.session.resume-window=10s",
            "chitty.broadcast.slow-reader-timeout=2s",
            "chitty.grpc.unread-timeout=5s",
            "chitty.grpc.request-timeout=2s"
        })
@Import({GrpcPort.class, Http2Readers.Configuration.class})
abstract class Http2Readers {

    static final String SERVICE = "/chittychat.v1.ChatService/";
    private static final String[] LINES = {"content-type", "application/json", "accept", "application/x-ndjson"};
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int ALL = Integer.MAX_VALUE; // the largest window
    private static final int MESSAGES = 300; // more than the socket's buffers take
    static final int STALLED = 60; // connections

    @LocalServerPort
    int port;

    @Autowired
    private GrpcPort grpc;

    @Autowired
    private MeterRegistry meters;

    private final List<RawHttp2> clients = new ArrayList<>();
    private ManagedChannel channel;

    @TestConfiguration(proxyBeanMethods = false)
    static class Configuration {
        /** So that few messages fill the buffers of a reader that does not read. */
        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallBuffers() {
            return tomcat ->
                    tomcat.addConnectorCustomizers(connector -> connector.setProperty("socket.txBufSize", "8192"));
        }
    }

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", grpc.number())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() throws IOException {
        channel.shutdownNow();
        for (RawHttp2 client : clients) {
            client.close();
        }
    }

    /** Begins HTTP/2 on a connection. */
    Socket begin(Socket connection) throws IOException {
        return connection;
    }

    /** @param window see {@link RawHttp2} */
    RawHttp2 client(int window) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        RawHttp2 client = new RawHttp2(begin(socket), window);
        clients.add(client);
        return client;
    }

    private ChatServiceBlockingStub stub() {
        return ChatServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    String join() {
        return stub().join(JoinRequest.newBuilder()
                        .setParticipantName("h" + NAMES.incrementAndGet())
                        .build())
                .getSessionToken();
    }

    static int broadcast(RawHttp2 client, String token) throws IOException {
        return client.post(SERVICE + "Broadcast", "{\"sessionToken\":\"" + token + "\"}", LINES);
    }

    double slowReaders() {
        return meters.counter("chitty.readers.slow").count();
    }

    /** Everybody else receives what is said, while the readers that do not read are still there. */
    void othersGoOn() throws Exception {
        Iterator<BroadcastResponse> byGrpc = stub().broadcast(
                        BroadcastRequest.newBuilder().setSessionToken(join()).build());
        RawHttp2 byHttp2 = client(ALL);
        int stream = broadcast(byHttp2, join());
        byHttp2.readUntil(stream, "caughtUp");
        String talker = join();
        for (int i = 0; i < MESSAGES; i++) {
            stub().publish(PublishRequest.newBuilder()
                    .setSessionToken(talker)
                    .setText(i + "x".repeat(100) + (i == MESSAGES - 1 ? "last" : ""))
                    .build());
        }
        byHttp2.readUntil(stream, "xlast");
        while (byGrpc.next().getEventsList().stream()
                .noneMatch(event -> event.getText().endsWith("xlast"))) {
            // it comes, or the deadline passes
        }
    }

    @Test
    void readersThatLeaveTheirSocketsFullHoldUpNobody() throws Exception {
        double before = slowReaders();
        for (int i = 0; i < STALLED; i++) {
            broadcast(client(ALL), join());
        }
        othersGoOn();
        await().atMost(Duration.ofSeconds(30)).until(() -> slowReaders() == before + STALLED);
    }
}
