package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.v1.ListEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Calls that wait for a disk: however many there are, few threads run them, and those that are too many are refused. */
class CallThreadsTest {

    private static final int THREADS = 2;
    private static final int QUEUE = 1000;
    private static final int PER_CALLER = 100;

    private final CallThreads threads = new CallThreads("list-test", "lists", THREADS);
    private final CountDownLatch disk = new CountDownLatch(1);
    private final Set<Thread> used = ConcurrentHashMap.newKeySet();
    private final Collection<ErrorReason> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void close() {
        disk.countDown();
        threads.close();
    }

    @Test
    void callsBeyondThoseThatMayWaitAreRefusedAndTheOthersRunOnFewThreads() {
        for (int caller = 0; caller < 3000; caller++) {
            call(caller);
        }
        await().until(() -> used.size() == THREADS);
        assertThat(refusals).hasSize(3000 - QUEUE - THREADS).containsOnly(ErrorReason.RATE_LIMITED);
        disk.countDown();
        await().untilAsserted(() -> assertThat(ended).hasValue(3000));
        assertThat(used).hasSize(THREADS);
    }

    @Test
    void oneCallerDoesNotTakeThePlacesOfOthers() {
        for (int i = 0; i < 3000; i++) {
            call("greedy");
        }
        assertThat(refusals).hasSize(3000 - PER_CALLER);
        call("modest");
        assertThat(refusals).hasSize(3000 - PER_CALLER);
        disk.countDown();
        await().untilAsserted(() -> assertThat(ended).hasValue(3001));
        call("greedy");
        assertThat(refusals).hasSize(3000 - PER_CALLER);
    }

    @Test
    void workThatFailsIsAnswered() {
        threads.run(
                "caller",
                unary(),
                () -> {
                    throw new IllegalStateException("the disk is gone");
                },
                ended::incrementAndGet);
        await().untilAsserted(() -> assertThat(refusals).containsExactly(ErrorReason.LOG_UNAVAILABLE));
        assertThat(ended).hasValue(1);
    }

    private void call(Object caller) {
        threads.run(caller, unary(), this::readDisk, ended::incrementAndGet);
    }

    private void readDisk() {
        used.add(Thread.currentThread());
        try {
            disk.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private UnaryCall<ListEventsResponse> unary() {
        ServerCallStreamObserver<ListEventsResponse> observer =
                mock(ServerCallStreamObserver.class, Mockito.withSettings().stubOnly());
        Mockito.doAnswer(call -> refusals.add(
                        ErrorReason.of(call.<Throwable>getArgument(0)).orElseThrow()))
                .when(observer)
                .onError(any());
        ServiceLog log = new ServiceLog(new CallMeters(new SimpleMeterRegistry()), false);
        return new UnaryCall<>(log, "ListEvents", "alice", 0, observer);
    }
}
