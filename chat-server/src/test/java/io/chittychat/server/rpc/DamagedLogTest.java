package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.ChatServerApplication;
import io.chittychat.server.store.Stores;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.Event;
import io.chittychat.v1.SearchEventsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

/** One event of a store is not what was recorded: it is never sent, everything else is. Event n has the Lamport time n. */
class DamagedLogTest {

    private static final long ALTERED = 700;
    private static final int EVENTS = 2000;
    private static final String LIE = "I never said this";

    @TempDir
    private Path directory;

    private final ManagedChannel channel =
            InProcessChannelBuilder.forName("damaged-log").build();
    private ConfigurableApplicationContext service;
    private Participant alice;

    @BeforeEach
    void damage() {
        Path store = directory.resolve("chitty.db");
        start(store);
        alice = Participant.join(channel, "alice");
        for (int time = 2; time <= EVENTS; time++) {
            alice.publish("message " + time);
        }
        service.close();
        Stores.execute(store, Stores.set(ALTERED, "text", "'" + LIE + "'"));
        start(store);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        service.close();
    }

    private void start(Path store) {
        service = new SpringApplicationBuilder(ChatServerApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--chitty.store.file=" + store,
                        "--chitty.store.durability=os",
                        "--chitty.session.resume-window=1h",
                        "--grpc.server.port=-1",
                        "--grpc.server.in-process-name=damaged-log");
    }

    @Test
    void alteredEventIsNeverSentAndTheRestIs() {
        assertThat(alice.history(0)).hasSize((int) ALTERED - 1); // a page ends before it
        assertDamaged(catchThrowableOfType(StatusRuntimeException.class, () -> alice.history(ALTERED - 1)));
        assertThat(alice.history(ALTERED))
                .first()
                .extracting(Event::getLamportTime)
                .isEqualTo(ALTERED + 1);

        List<Event> received = new ArrayList<>();
        assertDamaged(catchThrowableOfType(StatusRuntimeException.class, () -> read(1, received)));
        assertThat(received)
                .hasSize((int) ALTERED - 2)
                .extracting(Event::getText)
                .doesNotContain(LIE);
        received.clear();
        read(ALTERED, received);
        assertThat(received).hasSize(EVENTS - (int) ALTERED);

        assertDamaged(catchThrowableOfType(
                StatusRuntimeException.class,
                () -> alice.calls()
                        .searchEvents(SearchEventsRequest.newBuilder()
                                .setSessionToken(alice.session.getSessionToken())
                                .setQuery("message " + ALTERED)
                                .build())));
        assertThat(alice.publish("the chat goes on")).isGreaterThan(EVENTS);
        Health health = Objects.requireNonNull(
                service.getBean("storeHealthIndicator", HealthIndicator.class).health());
        assertThat(health.getDetails())
                .hasEntrySatisfying(
                        "reason", reason -> assertThat(reason.toString()).startsWith("event " + ALTERED + " "));
    }

    /** Reads until everything has come. */
    private void read(long after, List<Event> received) {
        Iterator<BroadcastResponse> responses = alice.calls()
                .broadcast(BroadcastRequest.newBuilder()
                        .setSessionToken(alice.session.getSessionToken())
                        .setAfterLamportTime(after)
                        .build());
        while (responses.hasNext()) {
            BroadcastResponse response = responses.next();
            received.addAll(response.getEventsList());
            if (response.hasCaughtUp()) {
                return;
            }
        }
    }

    private static void assertDamaged(StatusRuntimeException failure) {
        assertThat(ErrorReason.of(failure)).contains(ErrorReason.LOG_DAMAGED);
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
    }
}
