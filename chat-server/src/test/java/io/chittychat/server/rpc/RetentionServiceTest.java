package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.ChatServerApplication;
import io.chittychat.v1.Event;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Events that retention removed cannot be read, even if they are still in memory; all later events can. */
class RetentionServiceTest {

    private static final int KEPT = 10;

    @TempDir
    private Path directory;

    private ConfigurableApplicationContext service;
    private final ManagedChannel channel =
            InProcessChannelBuilder.forName("retention").build();

    @BeforeEach
    void start() {
        service = new SpringApplicationBuilder(ChatServerApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--chitty.store.file=" + directory.resolve("chitty.db"),
                        "--chitty.store.retention.max-events=" + KEPT,
                        "--chitty.session.resume-window=1m",
                        "--grpc.server.port=-1",
                        "--grpc.server.in-process-name=retention");
    }

    @AfterEach
    void stop() {
        service.close();
        channel.shutdownNow();
    }

    @Test
    void removedEventsAreNotServedAndTheRestIsServedFromItsBeginning() {
        Participant alice = Participant.join(channel, "alice");
        for (int i = 1; i <= 30; i++) {
            alice.publish("message " + i);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> alice.history(0).size() == KEPT);
        List<Event> kept = alice.history(0);
        assertThat(kept).extracting(Event::getText).startsWith("message 21").endsWith("message 30");

        long oldest = kept.get(0).getLamportTime();
        assertThat(ChatContract.refused(() -> alice.history(oldest - 2))).isEqualTo(ErrorReason.RESUME_POINT_GONE);
        assertThat(ErrorReason.of(alice.listen(oldest - 2).awaitError())).contains(ErrorReason.RESUME_POINT_GONE);
        assertThat(alice.history(oldest - 1)).isEqualTo(kept);

        service.close();
        start();
        assertThat(alice.history(0)).isEqualTo(kept);
    }
}
