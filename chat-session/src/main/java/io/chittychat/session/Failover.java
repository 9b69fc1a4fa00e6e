package io.chittychat.session;

import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a channel with several addresses go on to the next one when a call at an address failed for a reason that may be that
 * address's own, or when connecting takes too long. gRPC alone goes on only if a connection cannot be opened or breaks.
 *
 * <p>Used by the session thread only, except where stated.
 */
final class Failover {

    /** How long a connection may take, doubled after each round of all addresses. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int MAX_DOUBLINGS = 3;

    /** A Broadcast that is read, and the address from which. */
    private record Reading(ClientCall<?, ?> call, SocketAddress from) {}

    private final ManagedChannel channel;
    private final AddressOrder order;
    private final ScheduledExecutorService thread;

    /** The address of the newest request, written by connections' threads. */
    private volatile @Nullable SocketAddress newest;

    private @Nullable Reading reading;
    private int stateChanges;
    private int slowConnections;

    Failover(ManagedChannel channel, AddressOrder order, ScheduledExecutorService thread) {
        this.channel = channel;
        this.order = order;
        this.thread = thread;
    }

    /** Watches the channel until it is shut down. */
    void watch() {
        ConnectivityState state = channel.getState(false);
        int change = ++stateChanges;
        if (state == ConnectivityState.READY) {
            slowConnections = 0;
        } else if (state == ConnectivityState.CONNECTING) {
            thread.schedule(() -> hasWaited(change), patience().toNanos(), TimeUnit.NANOSECONDS);
        }
        if (state != ConnectivityState.SHUTDOWN) {
            channel.notifyWhenStateChanged(state, () -> thread.execute(this::watch));
        }
    }

    private Duration patience() {
        return PATIENCE.multipliedBy(1L << Math.min(slowConnections / order.size(), MAX_DOUBLINGS));
    }

    private void hasWaited(int change) {
        if (change == stateChanges) {
            slowConnections++;
            order.leaveFirst();
            reconnect();
        }
    }

    /** Whether there may be several addresses now. */
    boolean hasAlternatives() {
        return !order.isAlone();
    }

    /** A request is sent to an address. Called by any thread. */
    void sent(SocketAddress address) {
        newest = address;
    }

    /** A Broadcast has begun to arrive from an address. */
    void reads(ClientCall<?, ?> call, SocketAddress from) {
        reading = new Reading(call, from);
    }

    /** A call has failed at an address. Returns whether the next call goes to another one. */
    boolean failed(Failure failure, SocketAddress at) {
        boolean mayDifferElsewhere =
                failure.decided() ? failure.status().getCode() == Status.Code.UNAVAILABLE : failure.isPassing();
        if (!mayDifferElsewhere || order.size() == 1) {
            return false;
        }
        if (!at.equals(newest)) {
            return true; // left already
        }
        newest = null;
        order.leave(at);
        reconnect();
        Reading current = reading;
        if (failure.status().getCode() == Status.Code.DEADLINE_EXCEEDED
                && current != null
                && current.from().equals(at)) {
            current.call().cancel("its address does not answer", null); // it would be silent, too
        }
        return true;
    }

    /** Calls in progress go on where they are. */
    private void reconnect() {
        channel.enterIdle();
        channel.getState(true);
    }

    Optional<String> label(SocketAddress address) {
        return order.label(address);
    }
}
