package io.chittychat.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.grpc.protobuf.StatusProto;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for the disk: few threads run them, and calls beyond the queue are refused. */
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
    void callsBeyondTheQueueAreRefusedAndTheOthersRunOnFewThreads() {
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
    void oneCallerCannotFillTheQueue() {
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
    void callThatFailsIsAnswered() {
        threads.run(
                "caller",
                this::refuse,
                () -> {
                    throw new IllegalStateException("the disk is gone");
                },
                ended::incrementAndGet);
        await().untilAsserted(() -> assertThat(refusals).containsExactly(ErrorReason.LOG_UNAVAILABLE));
        assertThat(ended).hasValue(1);
    }

    private void call(Object caller) {
        threads.run(caller, this::refuse, this::readDisk, ended::incrementAndGet);
    }

    private void readDisk() {
        used.add(Thread.currentThread());
        try {
            disk.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(Status status) {
        refusals.add(
                ErrorReason.of(StatusProto.toStatusRuntimeException(status)).orElseThrow());
    }
}
