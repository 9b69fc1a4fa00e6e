package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.ChatServerApplication;
import io.chittychat.server.store.Stores;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.Event;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A service on a store whose clock is near the end of Lamport time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndOfTimeTest {

    @TempDir
    private Path directory;

    private final ManagedChannel channel =
            InProcessChannelBuilder.forName("end-of-time").build();

    @AfterAll
    void close() {
        channel.shutdownNow();
    }

    private void serve(Path store, Consumer<ManagedChannel> calls) {
        try (var service = new SpringApplicationBuilder(ChatServerApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--chitty.store.file=" + store,
                        "--chitty.session.resume-window=1h",
                        "--grpc.server.port=-1",
                        "--grpc.server.in-process-name=end-of-time")) {
            assertThat(service.isRunning()).isTrue();
            calls.accept(channel);
        }
    }

    private static String refused(Participant participant, String text) {
        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> participant.publish(text));
        assertThat(ErrorReason.of(refusal)).contains(ErrorReason.STORE_FULL);
        return String.valueOf(refusal.getStatus().getDescription());
    }

    @Test
    void lastEventsAreInOrderAndLaterMessagesAreRefusedWithAReason() {
        Path store = directory.resolve("near.db");
        serve(store, calls -> Participant.join(calls, "before"));
        Stores.setClock(store, LamportClock.END - 3);
        serve(store, calls -> {
            Participant alice = Participant.join(calls, "alice");
            assertThat(alice.publish("one")).isEqualTo(LamportClock.END - 1);
            long last = alice.calls()
                    .publish(alice.message("two")
                            .setLamportTime(LamportClock.END + LamportClock.MAX_AHEAD - 1)
                            .build())
                    .getLamportTime();
            assertThat(last)
                    .isEqualTo(LamportClock.END + LamportClock.MAX_AHEAD)
                    .isLessThan(1L << 53);
            assertThat(refused(alice, "three")).contains("the end of Lamport time");
            List<Event> events = alice.history(0);
            assertThat(events).extracting(Event::getText).endsWith("one", "two").hasSize(4);
            assertThat(events).extracting(Event::getLamportTime).isSorted().allMatch(time -> time > 0);
            assertThat(alice.present()).containsExactly("before", "alice");
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 53, Long.MAX_VALUE - (1 << 20), Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void clockBeyondTheEndNeverTurnsNegative(long time) {
        Path store = directory.resolve(time + ".db");
        serve(store, calls -> {
            Participant.join(calls, "alice").publish("hello");
        });
        Stores.setClock(store, time);
        serve(store, calls -> {
            StatusRuntimeException refusal =
                    catchThrowableOfType(StatusRuntimeException.class, () -> Participant.join(calls, "bob"));
            assertThat(ErrorReason.of(refusal)).contains(ErrorReason.STORE_FULL);
        });
    }
}
