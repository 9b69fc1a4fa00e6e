package io.chittychat.server.rpc;

import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.timeline.Timeline;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** A log that fails to record a batch acknowledges none of its commands, and reports its failure. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"chitty.store.durability=memory", "grpc.server.port=0"})
@Import({ContractConfiguration.class, GrpcPort.class})
@DirtiesContext
class LogFailureTest {

    private static final String SERVICE = "chittychat.v1.ChatService";

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int httpPort;

    @Autowired
    private GrpcPort grpcPort;

    private ManagedChannel channel;

    @MockitoSpyBean
    private Timeline timeline;

    @Autowired
    private ErrorConformance errors;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", grpcPort.number())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    @Test
    void nothingIsAcknowledgedAndHealthIsDown() {
        Participant alice = Participant.join(channel, "alice");
        Participant.Inbox inbox = alice.listen().caughtUp();
        List<ServingStatus> whole = watch("");
        List<ServingStatus> service = watch(SERVICE);
        await().until(() -> whole.equals(List.of(SERVING)) && service.equals(List.of(SERVING)));
        assertThat(probe("readiness")).isEqualTo(200);
        assertThat(probe("liveness")).isEqualTo(200);

        doThrow(new IllegalStateException("the append fails")).when(timeline).append(any(), anyLong());
        assertThat(ChatContract.refused(() -> alice.publish("lost"))).isEqualTo(ErrorReason.LOG_UNAVAILABLE);
        assertThat(ChatContract.refused(() -> alice.publish("again"))).isEqualTo(ErrorReason.LOG_UNAVAILABLE);

        await().until(() -> whole.equals(List.of(SERVING, NOT_SERVING)) && service.equals(whole));
        assertThat(probe("readiness")).isEqualTo(503);
        await().until(() -> probe("liveness") == 503); // only a restart can help
        assertThat(inbox.texts()).doesNotContain("lost");
        assertThat(errors.violations).isEmpty();
    }

    private int probe(String group) {
        try {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + httpPort + "/actuator/health/" + group))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<ServingStatus> watch(String service) {
        List<ServingStatus> seen = new CopyOnWriteArrayList<>();
        HealthGrpc.newStub(channel)
                .watch(HealthCheckRequest.newBuilder().setService(service).build(), new StreamObserver<>() {
                    @Override
                    public void onNext(HealthCheckResponse response) {
                        seen.add(response.getStatus());
                    }

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onCompleted() {}
                });
        return seen;
    }
}
