package io.chittychat.server.observe;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.chittychat.server.ChatServerApplication;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.PublishRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A complete server with a store, an HTTP port and a receiver for its spans. It has had some traffic. */
final class RunningServer implements AutoCloseable {

    static final String TEXT = "words that nobody should find in a trace";
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    final ConfigurableApplicationContext context;
    final List<String> spans = new CopyOnWriteArrayList<>(); // exported requests, one char for each byte
    final String token;
    private final HttpServer collector;
    private final ManagedChannel channel;

    private RunningServer() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            spans.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String name = UUID.randomUUID().toString();
        context = new SpringApplicationBuilder(ChatServerApplication.class)
                .run(
                        "--chitty.store.file=" + Path.of("target", "stores", name + ".db"),
                        "--server.port=0",
                        "--grpc.server.port=-1",
                        "--grpc.server.in-process-name=" + name,
                        "--management.tracing.sampling.probability=0.0",
                        "--management.opentelemetry.tracing.export.schedule-delay=50ms",
                        "--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
                                + collector.getAddress().getPort() + "/v1/traces");
        channel = InProcessChannelBuilder.forName(name).build();
        token = talk();
        System.gc(); // the meter of collections appears with the first one
    }

    /** Joins, reads and publishes a message, in its own trace. Returns the session's token. */
    private String talk() {
        Metadata trace = new Metadata();
        trace.put(TRACEPARENT, "00-" + TRACE + "-00f067aa0ba902b7-01");
        ChatServiceGrpc.ChatServiceBlockingStub calls = ChatServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(trace));
        JoinResponse session =
                calls.join(JoinRequest.newBuilder().setParticipantName("alice").build());
        Iterator<BroadcastResponse> inbox = calls.broadcast(BroadcastRequest.newBuilder()
                .setSessionToken(session.getSessionToken())
                .build());
        inbox.next();
        calls.publish(PublishRequest.newBuilder()
                .setSessionToken(session.getSessionToken())
                .setText(TEXT)
                .build());
        inbox.next();
        return session.getSessionToken();
    }

    /** The answer to a scrape of Prometheus. */
    String scrape() {
        return get("/actuator/prometheus").body();
    }

    private HttpResponse<String> get(String path) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a span contains {@code part}, and returns all exported spans. */
    String spansWith(String part) {
        await().until(() -> spans.stream().anyMatch(span -> span.contains(part)));
        return String.join("", spans);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        context.close();
        collector.stop(0);
    }

    /** Passes the one server of the test run to tests. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RunningServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(RunningServer.class))
                    .computeIfAbsent(RunningServer.class, type -> started(), RunningServer.class);
        }

        private static RunningServer started() {
            try {
                return new RunningServer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
