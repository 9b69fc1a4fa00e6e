package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;
import io.chittychat.error.ErrorReason;
import io.chittychat.session.Backoff;
import io.chittychat.session.ChatException;
import io.chittychat.session.ChatSession;
import io.chittychat.session.Published;
import io.chittychat.session.SessionSettings;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** A service that requires a token and limits rates, and the endpoints that it exposes over HTTP. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=0",
            "chitty.auth.mode=token",
            "chitty.auth.tokens=another-token," + TokenAndRatesTest.TOKEN,
            "chitty.rates.publishes.per-second=20",
            "chitty.rates.publishes.burst=3",
            "chitty.rates.reads.per-second=1",
            "chitty.rates.reads.burst=3"
        })
@ExtendWith(OutputCaptureExtension.class)
@Import({GrpcPort.class, ContractConfiguration.class})
class TokenAndRatesTest {

    static final String TOKEN = "f81d4fae-7dec-11d0-a765";
    private static final String TEXT = "what nobody else should read";

    @Autowired
    private GrpcPort port;

    @Autowired
    private ErrorConformance errors;

    @LocalServerPort
    private int http;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port.number())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        assertThat(errors.violations).isEmpty();
    }

    private Participant join(String name) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + TOKEN);
        var stub = ChatServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        return Participant.of(
                channel,
                stub.join(JoinRequest.newBuilder().setParticipantName(name).build()));
    }

    @Test
    void onlyCallersWithATokenJoin() {
        assertThat(ChatContract.refused(() -> Participant.join(channel, "alice")))
                .isEqualTo(ErrorReason.CREDENTIALS_INVALID);
        join("alice").leave();
    }

    @Test
    void sessionSendsItsTokenAndDoesNotRetryAWrongOne() {
        try (ChatSession wrong =
                ChatSession.builder(channel).token(() -> "guessed").build()) {
            assertThatThrownBy(() -> wrong.join("bob").join())
                    .cause()
                    .isInstanceOfSatisfying(
                            ChatException.class, e -> assertThat(e.reason()).contains(ErrorReason.CREDENTIALS_INVALID))
                    .hasMessage("the token is not valid");
        }
        try (ChatSession right = ChatSession.builder(channel).token(() -> TOKEN).build()) {
            assertThat(right.join("bob").join().name()).isEqualTo("bob");
            right.leave().join();
        }
    }

    @Test
    void healthNeedsNoToken() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void rateLimitedSessionPublishesEverythingOnceAndInOrder() {
        List<Event> heard = new CopyOnWriteArrayList<>();
        List<String> texts =
                IntStream.range(0, 25).mapToObj(i -> "message " + i).toList();
        Backoff eager = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)); // RetryInfo makes it wait long enough
        SessionSettings settings = new SessionSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), eager, false);
        try (ChatSession carol = ChatSession.builder(channel)
                .token(() -> TOKEN)
                .settings(settings)
                .onEvent(heard::add)
                .build()) {
            carol.join("carol").join();
            List<CompletableFuture<Published>> said = new ArrayList<>();
            texts.forEach(text -> said.add(carol.publish(text)));
            said.forEach(CompletableFuture::join);
            await().until(() -> said(heard).size() >= texts.size());
            assertThat(said(heard)).isEqualTo(texts);
            assertThat(errors.seen).contains(ErrorReason.RATE_LIMITED);
            carol.leave().join();
        }
    }

    private static List<String> said(List<Event> events) {
        return events.stream()
                .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                .map(Event::getText)
                .toList();
    }

    @Test
    void refusedMessageOfAStreamIsAnsweredAndTheStreamGoesOn() throws Exception {
        Participant dave = join("dave");
        PublishStreamClient stream = new PublishStreamClient(channel);
        for (int i = 1; i <= 20; i++) {
            stream.send(dave.message("message " + i).setSequence(i).build());
        }
        List<PublishResponse> replies = stream.replies(20);
        assertThat(replies).extracting(PublishResponse::getSequence).isSorted();
        assertThat(replies.get(0).hasError()).isFalse();
        PublishResponse refused =
                replies.stream().filter(PublishResponse::hasError).findFirst().orElseThrow();
        assertThat(ErrorReason.of(refused.getError())).contains(ErrorReason.RATE_LIMITED);
        RetryInfo retry = refused.getError().getDetails(1).unpack(RetryInfo.class);
        assertThat(retry.getRetryDelay().getSeconds()).isZero();
        assertThat(retry.getRetryDelay().getNanos()).isBetween(1, 50_000_000); // 20 a second

        long sequence = refused.getSequence();
        await().until(() -> {
            int before = stream.replies(0).size();
            stream.send(dave.message("again").setSequence(sequence).build());
            return !stream.replies(before + 1).get(before).hasError();
        });
        dave.leave();
    }

    @Test
    void readsAreRateLimitedToo() {
        Participant erin = join("erin");
        for (int i = 0; i < 3; i++) {
            erin.present();
        }
        assertThat(ChatContract.refused(erin::present)).isEqualTo(ErrorReason.RATE_LIMITED);
        erin.leave();
    }

    @Test
    void secretsAndTextsAreNotLogged(CapturedOutput output) {
        Participant frank = join("frank");
        frank.publish(TEXT);
        assertThat(ChatContract.refused(() -> Participant.join(channel, "frank")))
                .isEqualTo(ErrorReason.CREDENTIALS_INVALID);
        frank.leave();
        await().until(() -> output.toString().contains("rpc=Leave participant=frank"));

        assertThat(output.getAll())
                .contains("rpc=Publish participant=frank")
                .contains("outcome=UNAUTHENTICATED reason=CREDENTIALS_INVALID")
                .doesNotContain(TOKEN)
                .doesNotContain(frank.token())
                .doesNotContain(TEXT);
    }

    private int get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + http + "/actuator" + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness", "/info", "/prometheus"})
    void healthAndMetersAreExposed(String path) throws Exception {
        assertThat(get(path)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/env", "/beans", "/heapdump", "/threaddump", "/configprops", "/loggers", "/mappings", "/metrics",
                "/shutdown", "/conditions", "/caches", "/flyway", "/scheduledtasks", "/sbom", "/logfile",
                        "/httpexchanges"
            })
    void noOtherEndpointIsExposed(String path) throws Exception {
        assertThat(get(path)).isEqualTo(404);
    }
}
