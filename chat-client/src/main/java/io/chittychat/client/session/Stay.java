package io.chittychat.client.session;

import io.chittychat.client.session.ChatException.Problem;
import io.chittychat.error.ErrorReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a participant, from join to leave: its name, its session, and what it has asked for and not been
 * answered. Publishes and the leave go out one after the other, each when the one before it is answered, so their order
 * is the order in which they were asked for.
 *
 * <p>Used by the session thread only.
 */
final class Stay {

    private record Step<T>(Supplier<CompletableFuture<T>> start, CompletableFuture<T> result) {

        /** Returns the started step, done when its result is. */
        CompletableFuture<T> begin() {
            return start.get().whenComplete((value, failure) -> SessionThread.pass(value, failure, result));
        }
    }

    private record Waiter(long lamportTime, CompletableFuture<Void> reached) {}

    private final String name;
    private final ParticipantLog log;
    private final String token;
    private final String epoch;
    private final Deque<Step<?>> steps = new ArrayDeque<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private @Nullable Step<?> running;
    private long lastSequence;
    private final CompletableFuture<Void> streamEnded = new CompletableFuture<>();
    private boolean leaving;
    private @Nullable ChatException over;

    Stay(String name, ParticipantLog log, String token, String epoch) {
        this.name = name;
        this.log = log;
        this.token = token;
        this.epoch = epoch;
    }

    String name() {
        return name;
    }

    ParticipantLog log() {
        return log;
    }

    String token() {
        return token;
    }

    String epoch() {
        return epoch;
    }

    /** The number of the next publish, from 1. */
    long nextSequence() {
        return ++lastSequence;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** Nothing more can be asked for. */
    void leave() {
        leaving = true;
    }

    boolean isOver() {
        return over != null;
    }

    /** The Broadcast of one who leaves has ended. */
    void streamHasEnded() {
        streamEnded.complete(null);
    }

    /** Completes on the session thread when the Broadcast has ended, at the latest after a grace period. */
    CompletableFuture<Void> streamEnded(ScheduledExecutorService thread, Duration grace) {
        thread.schedule(this::streamHasEnded, grace.toNanos(), TimeUnit.NANOSECONDS);
        return streamEnded;
    }

    /** Starts a step when all before it are answered. */
    <T> CompletableFuture<T> inOrder(Supplier<CompletableFuture<T>> start) {
        Step<T> step = new Step<>(start, new CompletableFuture<>());
        steps.add(step);
        beginNext();
        return step.result();
    }

    private void beginNext() {
        while (running == null && over == null) {
            Step<?> next = steps.poll();
            if (next == null) {
                return;
            }
            running = next;
            CompletableFuture<?> begun = next.begin();
            if (begun.isDone()) {
                running = null; // answered at once: go on without growing the stack
            } else {
                begun.whenComplete((value, failure) -> {
                    running = null;
                    beginNext();
                });
            }
        }
    }

    /** Completes when everything up to a time was received, or fails when the stay is over. */
    CompletableFuture<Void> reached(long lamportTime, long cursor) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        if (over != null) {
            reached.completeExceptionally(over);
        } else if (lamportTime <= cursor) {
            reached.complete(null);
        } else {
            waiters.add(new Waiter(lamportTime, reached));
        }
        return reached;
    }

    void advancedTo(long cursor) {
        List<Waiter> due =
                waiters.stream().filter(w -> w.lamportTime() <= cursor).toList();
        waiters.removeAll(due);
        due.forEach(waiter -> waiter.reached().complete(null));
    }

    /** The stay is over: whatever was not answered fails. */
    void end(SessionEnd end) {
        ChatException failure = new ChatException(
                Problem.SESSION_ENDED, reason(end).orElse(null), "the session has ended: " + end.reason(), null);
        over = failure;
        Step<?> begun = running;
        if (begun != null) {
            begun.result().completeExceptionally(failure);
        }
        steps.forEach(step -> step.result().completeExceptionally(failure));
        steps.clear();
        waiters.forEach(waiter -> waiter.reached().completeExceptionally(failure));
        waiters.clear();
        log.close();
    }

    private static Optional<ErrorReason> reason(SessionEnd end) {
        return switch (end.reason()) {
            case SESSION_UNKNOWN -> Optional.of(ErrorReason.SESSION_UNKNOWN);
            case EPOCH_CHANGED -> Optional.of(ErrorReason.EPOCH_CHANGED);
            case SUPERSEDED -> Optional.of(ErrorReason.SUPERSEDED);
            case LEFT, REFUSED, CLOSED -> Optional.empty();
        };
    }
}
