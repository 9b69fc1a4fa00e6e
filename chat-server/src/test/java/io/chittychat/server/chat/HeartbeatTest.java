package io.chittychat.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.protobuf.Duration;
import io.chittychat.server.timeline.ManualThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ManualThread thread = new ManualThread();
    private final EventSink sink = mock(EventSink.class);
    private final List<Long> beats = new ArrayList<>(); // their times, in milliseconds

    @BeforeEach
    void listen() {
        when(sink.isReady()).thenReturn(true);
        doAnswer(call -> beats.add(TimeUnit.NANOSECONDS.toMillis(thread.nanoTime())))
                .when(sink)
                .heartbeat();
    }

    private Heartbeat heartbeat(Duration interval) {
        return heartbeat(interval, thread, thread::nanoTime);
    }

    private Heartbeat heartbeat(Duration interval, ScheduledExecutorService on, LongSupplier nanoTime) {
        return Heartbeat.of(interval, sink, on, nanoTime).orElseThrow();
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    @Test
    void intervalBeginsWithTheLastMessage() {
        Heartbeat heartbeat = heartbeat(seconds(1));
        heartbeat.start();
        thread.pass(SECOND / 10);
        heartbeat.sent();
        thread.runAll(2 * SECOND);

        assertThat(beats).containsExactly(0L, 1100L, 2100L);
    }

    @Test
    void busyBroadcastHasNoHeartbeatButTheFirst() {
        Heartbeat heartbeat = heartbeat(seconds(1));
        heartbeat.start();
        for (int i = 0; i < 20; i++) {
            thread.pass(SECOND / 2);
            heartbeat.sent();
            thread.runAll(0);
        }
        assertThat(beats).containsExactly(0L);
    }

    @Test
    void callerThatIsNotReadyIsSentNone() {
        heartbeat(seconds(1)).start();
        when(sink.isReady()).thenReturn(false);
        thread.runAll(3 * SECOND);
        assertThat(beats).containsExactly(0L);

        when(sink.isReady()).thenReturn(true);
        thread.runAll(SECOND);
        assertThat(beats).hasSize(2);
    }

    @Test
    void intervalIsAtMostAMinute() {
        heartbeat(Duration.newBuilder()
                        .setSeconds(Long.MAX_VALUE)
                        .setNanos(999_999_999)
                        .build())
                .start();
        thread.runAll(60 * SECOND);
        assertThat(beats).containsExactly(0L, 60_000L);
    }

    @Test
    void stoppedHeartbeatsLeaveNoTimerBehind() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(0);
        timers.setRemoveOnCancelPolicy(true); // as Netty's threads do
        for (int i = 0; i < 1000; i++) {
            Heartbeat heartbeat = heartbeat(seconds(3600), timers, System::nanoTime);
            heartbeat.start();
            assertThat(timers.getQueue()).hasSize(1);
            heartbeat.stop();
        }
        assertThat(timers.getQueue()).isEmpty();
        timers.shutdownNow();
    }

    @Test
    void heartbeatThatIsStoppedBeforeItStartsDoesNothing() {
        Heartbeat heartbeat = heartbeat(seconds(1));
        heartbeat.stop();
        heartbeat.start();

        assertThat(thread.runAll(10 * SECOND)).isFalse();
        assertThat(beats).isEmpty();
    }
}
