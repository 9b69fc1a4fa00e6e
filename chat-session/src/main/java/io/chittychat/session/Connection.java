package io.chittychat.session;

import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a session to the service. It repeats what failed after a backoff. While there is no connection, it repeats
 * nothing and tries to connect, with the same backoff; when there is one again, it repeats everything at once. So an outage costs
 * neither Lamport time nor lines of the log.
 *
 * <p>Used by the session thread only, except where stated.
 */
final class Connection {

    /**
     * Work that failed and is to be done again.
     *
     * @param attempt does it, or finds that it is over or too late
     * @param over whether it is no longer needed
     * @param deadline when to give up; null for never
     */
    record Repeat(
            Runnable attempt,
            BooleanSupplier over,
            @Nullable Deadline deadline) {}

    private final Channel channel;
    private final @Nullable ManagedChannel managed;
    private final @Nullable Failover failover;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final ScheduledExecutorService thread;

    /** What waits for a connection, in order, with the timers of the deadlines. */
    private final Map<Repeat, Optional<Future<?>>> waiting = new LinkedHashMap<>();

    private @Nullable Future<?> nextTry;
    private boolean watched;

    /** Where the session reads, or read last; any thread may read it. */
    private volatile @Nullable String address;

    /** @param addresses of the channel, if it has several */
    Connection(
            Channel channel,
            Optional<ServiceAddresses> addresses,
            Backoff backoff,
            RandomGenerator random,
            ScheduledExecutorService thread) {
        this.channel = channel;
        this.managed = channel instanceof ManagedChannel open ? open : null;
        this.failover = managed != null && addresses.isPresent()
                ? new Failover(managed, addresses.get().order(), thread)
                : null;
        this.backoff = backoff;
        this.random = random;
        this.thread = thread;
        if (failover != null) {
            thread.execute(failover::watch);
        }
    }

    /** The channel, for calls. */
    Channel channel() {
        return channel;
    }

    /** Notes where a call is sent to. */
    SendTracer tracer() {
        Failover known = failover;
        return new SendTracer(sent -> {
            if (known != null) {
                known.sent(sent);
            }
        });
    }

    /** Whether another address may answer if this one does not. */
    boolean hasAlternatives() {
        return failover != null && failover.hasAlternatives();
    }

    /** A Broadcast has begun to arrive over it. */
    void reads(ClientCall<?, ?> call, SendTracer tracer) {
        tracer.address().ifPresent(from -> {
            if (failover != null) {
                failover.reads(call, from);
            }
            address = Optional.ofNullable(failover)
                    .flatMap(known -> known.label(from))
                    .orElseGet(() -> text(from));
        });
    }

    private static String text(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? internet.getHostString() + ":" + internet.getPort()
                : address.toString();
    }

    /** The address from which the session reads, or from which it read last; may be called by any thread. */
    Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** A call has failed. Returns how long to wait before a repetition, apart from the backoff. */
    Duration failed(Failure failure, SendTracer tracer) {
        Optional<SocketAddress> at = tracer.address();
        boolean elsewhere = failover != null && at.isPresent() && failover.failed(failure, at.get());
        return elsewhere ? Duration.ZERO : failure.retryAfter();
    }

    /**
     * Repeats an attempt after the backoff, when there is a connection or its deadline has passed.
     *
     * @param failures the number of failed attempts in a row, from 1
     * @param atLeast the shortest wait
     */
    void repeat(int failures, Duration atLeast, Repeat repeat) {
        Duration delay = backoff.delay(failures, random);
        after(delay.compareTo(atLeast) < 0 ? atLeast : delay, () -> due(repeat));
    }

    private void due(Repeat repeat) {
        if (repeat.over().getAsBoolean() || isUsable()) {
            repeat.attempt().run();
            return;
        }
        waiting.put(repeat, Optional.ofNullable(repeat.deadline()).map(deadline -> {
            long left = Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS));
            return after(Duration.ofNanos(left).plusMillis(1), () -> release(repeat));
        }));
        if (nextTry == null) {
            tryToConnect(1);
        }
    }

    /** Whether a call can be sent, or fails at once for good. */
    private boolean isUsable() {
        if (managed == null) {
            return true;
        }
        ConnectivityState state = managed.getState(false);
        return state == ConnectivityState.READY || state == ConnectivityState.SHUTDOWN;
    }

    private void tryToConnect(int attempt) {
        List.copyOf(waiting.keySet()).stream()
                .filter(repeat -> repeat.over().getAsBoolean())
                .forEach(this::release);
        ManagedChannel channel = managed;
        if (waiting.isEmpty() || channel == null) {
            nextTry = null;
            return;
        }
        nextTry = after(backoff.delay(attempt, random), () -> tryToConnect(attempt + 1));
        channel.resetConnectBackoff(); // by its own backoff, it would wait up to two minutes
        channel.getState(true);
        watch(channel);
    }

    private void watch(ManagedChannel channel) {
        if (watched) {
            return;
        }
        watched = true;
        ConnectivityState now = channel.getState(false);
        if (isUsable()) {
            changed();
        } else {
            channel.notifyWhenStateChanged(now, () -> thread.execute(this::changed));
        }
    }

    private void changed() {
        watched = false;
        if (isUsable()) {
            Future<?> next = nextTry;
            nextTry = null;
            if (next != null) {
                next.cancel(false);
            }
            List.copyOf(waiting.keySet()).forEach(this::release);
        } else if (nextTry != null && managed != null) {
            watch(managed);
        }
    }

    private void release(Repeat repeat) {
        Optional<Future<?>> timer = waiting.remove(repeat);
        if (timer != null) {
            timer.ifPresent(running -> running.cancel(false));
            repeat.attempt().run();
        }
    }

    private Future<?> after(Duration delay, Runnable work) {
        return thread.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
