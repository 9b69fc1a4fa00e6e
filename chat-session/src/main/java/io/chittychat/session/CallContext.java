package io.chittychat.session;

import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The channel, clock, settings and executor for the calls of a session.
 *
 * @param thread the session thread, on which gRPC's callbacks run, so that the state of a session needs no lock
 * @param reconnect makes the channel connect now instead of after its own backoff
 * @param credentials the credentials for a Join
 */
record CallContext(
        Channel channel,
        ScheduledExecutorService thread,
        ParticipantClock clock,
        SessionSettings settings,
        RandomGenerator random,
        Runnable reconnect,
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

    /** Runs an attempt on the session thread after the backoff, or later if the service asks for it. */
    void afterBackoff(int failures, Duration atLeast, Runnable attempt) {
        reconnect.run();
        Duration backoff = settings.backoff().delay(failures, random);
        Duration delay = backoff.compareTo(atLeast) < 0 ? atLeast : backoff;
        thread.schedule(
                () -> {
                    reconnect.run();
                    attempt.run();
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }
}
