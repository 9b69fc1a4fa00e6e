package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.ChatServerApplication;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.log.CommandLog;
import io.chittychat.v1.JoinRequest;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The end of the service: every call is answered. */
class ShutdownTest {

    private final ConfigurableApplicationContext service = new SpringApplicationBuilder(ChatServerApplication.class)
            .web(WebApplicationType.NONE)
            .run("--chitty.store.durability=memory", "--grpc.server.port=-1", "--grpc.server.in-process-name=shutdown");
    private final ManagedChannel channel =
            InProcessChannelBuilder.forName("shutdown").build();

    @AfterEach
    void close() {
        service.close();
        channel.shutdownNow();
    }

    @Test
    void streamsEndWithShuttingDownAfterHealthSaysNotServing() {
        Participant alice = Participant.join(channel, "alice");
        Participant.Inbox inbox = alice.listen().caughtUp();
        PublishStreamClient stream = new PublishStreamClient(channel);
        stream.send(alice.message("last words").build());
        List<ServingStatus> health = watchHealth();
        await().until(() -> health.contains(ServingStatus.SERVING));

        service.close();

        assertThat(ErrorReason.of(inbox.awaitError())).contains(ErrorReason.SHUTTING_DOWN);
        assertThat(inbox.texts()).contains("last words");
        assertThat(stream.replies(1).get(0).hasError()).isFalse();
        assertThat(stream.awaitEnd().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
        assertThat(health).endsWith(ServingStatus.NOT_SERVING);
    }

    @Test
    void streamEndedByAMalformedMessageDoesNotPreventTheEndOfOthers() {
        Participant alice = Participant.join(channel, "alice");
        List<PublishStreamClient> streams = new ArrayList<>();
        for (int i = 0; i < 8; i++) { // several, because the order of their ends is random
            PublishStreamClient rubbish = new PublishStreamClient(channel);
            rubbish.sendRaw(new byte[] {(byte) 0xff, 1, 2});
            rubbish.awaitEnd();
            PublishStreamClient stream = new PublishStreamClient(channel);
            stream.send(alice.message("message").build());
            stream.replies(1);
            streams.add(stream);
        }

        service.close();

        assertThat(streams)
                .allSatisfy(stream -> assertThat(stream.awaitEnd().getDescription())
                        .isEqualTo(Failures.shuttingDown().getMessage()));
    }

    @Test
    void commandsAreRefusedOnceTheLogIsClosed() {
        service.getBean(CommandLog.class).close();
        assertThat(ChatContract.refused(() -> Participant.calls(channel)
                        .join(JoinRequest.newBuilder()
                                .setParticipantName("alice")
                                .build())))
                .isEqualTo(ErrorReason.SHUTTING_DOWN);
    }

    private List<ServingStatus> watchHealth() {
        List<ServingStatus> seen = new CopyOnWriteArrayList<>();
        HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
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
