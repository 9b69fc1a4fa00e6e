package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.observe.LogHealth;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** A log that cannot take a batch never pretends that it did. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"chitty.store.durability=memory", "grpc.server.port=-1", "grpc.server.in-process-name=failure"})
@Import(ContractConfiguration.class)
@DirtiesContext
class LogFailureTest {

    private static final ManagedChannel CHANNEL =
            InProcessChannelBuilder.forName("failure").build();

    @MockitoSpyBean
    private OpenBroadcasts broadcasts;

    @Autowired
    private LogHealth health;

    @Autowired
    private ErrorConformance errors;

    @AfterAll
    static void close() {
        CHANNEL.shutdownNow();
    }

    @Test
    void nothingIsAcknowledgedAndHealthSaysSo() {
        Participant alice = Participant.join(CHANNEL, "alice");
        Participant.Inbox inbox = alice.listen().caughtUp();
        assertThat(serving()).isEqualTo(ServingStatus.SERVING);

        doThrow(new IllegalStateException("cannot take it")).when(broadcasts).beforeVisible(any());
        assertThat(ChatContract.refused(() -> alice.publish("lost"))).isEqualTo(ErrorReason.LOG_UNAVAILABLE);
        assertThat(ChatContract.refused(() -> alice.publish("again"))).isEqualTo(ErrorReason.LOG_UNAVAILABLE);

        await().until(() -> serving() == ServingStatus.NOT_SERVING);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(inbox.texts()).doesNotContain("lost");
        assertThat(errors.violations).isEmpty();
    }

    private static ServingStatus serving() {
        return HealthGrpc.newBlockingStub(CHANNEL)
                .check(HealthCheckRequest.newBuilder()
                        .setService("chittychat.v1.ChatService")
                        .build())
                .getStatus();
    }
}
