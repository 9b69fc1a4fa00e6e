package io.chittychat.session;

import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The connection, clock, settings and executor for the calls of a session.
 *
 * @param thread the session thread, on which gRPC's callbacks run, so that the state of a session needs no lock
 * @param credentials the credentials for a Join
 */
record CallContext(
        Connection connection,
        ScheduledExecutorService thread,
        ParticipantClock clock,
        SessionSettings settings,
        RandomGenerator random,
        Optional<CallCredentials> credentials) {

    CallOptions callOptions() {
        return CallOptions.DEFAULT.withExecutor(thread);
    }

    /** Adds the credentials to a Join; the session token authorises all other calls. */
    CallOptions callOptions(MethodDescriptor<?, ?> method) {
        return credentials.isPresent() && method.equals(ChatServiceGrpc.getJoinMethod())
                ? callOptions().withCallCredentials(credentials.get())
                : callOptions();
    }

    Deadline deadline(Duration duration) {
        return Deadline.after(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
