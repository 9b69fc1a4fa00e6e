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
 * What every call of a session needs.
 *
 * @param thread the session thread: gRPC's callbacks run on it, so whatever they touch needs no lock
 * @param reconnect tells the channel to try to connect now rather than when its own backoff says
 * @param credentials what a Join shows
 */
record Wire(
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

    /** Credentials are for joining; everything else is authorised by the session token. */
    CallOptions callOptions(MethodDescriptor<?, ?> method) {
        return credentials.isPresent() && method.equals(ChatServiceGrpc.getJoinMethod())
                ? callOptions().withCallCredentials(credentials.get())
                : callOptions();
    }

    Deadline deadline(Duration duration) {
        return Deadline.after(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs something on the session thread after a backoff, or later if the service asked for that. */
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
