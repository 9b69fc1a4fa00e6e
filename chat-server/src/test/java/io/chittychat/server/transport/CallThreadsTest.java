package io.chittychat.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.grpc.protobuf.StatusProto;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Calls that wait for the disk: few threads run them, and calls beyond the queue are refused. */
@ExtendWith(OutputCaptureExtension.class)
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

    @ParameterizedTest
    @MethodSource
    void callThatFailsIsAnInternalErrorWithOneLineInTheLog(Throwable failure, CapturedOutput output) {
        Collection<Status> answers = new ConcurrentLinkedQueue<>();
        threads.run("caller", answers::add, () -> sneakilyThrow(failure), ended::incrementAndGet);
        await().untilAsserted(() -> assertThat(ended).hasValue(1));
        assertThat(answers).extracting(Status::getCode).containsExactly(Code.INTERNAL_VALUE);
        assertThat(answers.iterator().next().getMessage()).doesNotContain("disk");
        assertThat(output.toString().lines().filter(line -> line.contains("ERROR")))
                .singleElement()
                .asString()
                .contains("A call of lists failed");
        assertThat(output).contains("the disk is gone");
    }

    static Stream<Throwable> callThatFailsIsAnInternalErrorWithOneLineInTheLog() {
        return Stream.of(new IllegalStateException("the disk is gone"), new AssertionError("the disk is gone"));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneakilyThrow(Throwable failure) throws E {
        throw (E) failure;
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
