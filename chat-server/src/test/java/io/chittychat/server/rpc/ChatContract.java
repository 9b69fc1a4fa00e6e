package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.room.ParticipantRegistry;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/**
 * The contract's semantics, call by call, over the channel of a subclass. The service under test has a short resume
 * window and a short slow reader timeout.
 */
@Import(ContractConfiguration.class)
abstract class ChatContract
        implements OrderContract,
                CursorContract,
                SessionContract,
                RefusalContract,
                ListContract,
                PublishStreamContract,
                SearchContract {

    static final String SETTINGS_WINDOW = "chitty.session.resume-window=700ms";
    static final String SETTINGS_SLOW = "chitty.broadcast.slow-reader-timeout=500ms";

    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30)); // an upper bound; no wait normally takes that long
    }

    private static final AtomicInteger NAMES = new AtomicInteger();

    @Autowired
    private ErrorConformance errors;

    @Autowired
    private ParticipantRegistry registry;

    private final List<Participant> joined = new ArrayList<>();

    @AfterEach
    void everyErrorIsInTheTable() {
        assertThat(errors.violations).isEmpty();
    }

    /** Waits until all participants have left, so that none leaves during the next test. */
    @AfterEach
    void awaitEmptyRoom() {
        joined.forEach(Participant::leaveIfPresent);
        await().until(() -> registry.size() == 0);
    }

    @Override
    public ErrorConformance errors() {
        return errors;
    }

    @Override
    public Participant join() {
        Participant participant = Participant.join(channel(), name());
        joined.add(participant);
        return participant;
    }

    static String name() {
        return "p" + NAMES.incrementAndGet();
    }

    static ErrorReason refused(ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as("a refusal").isNotNull();
        return ErrorReason.of(failure).orElseThrow(() -> new AssertionError("no reason", failure));
    }

    /** Waits for a thread to end. */
    static void finish(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
