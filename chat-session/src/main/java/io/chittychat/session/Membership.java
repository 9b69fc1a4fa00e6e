package io.chittychat.session;

import com.google.protobuf.Duration;
import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.v1.JoinResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A participant's membership in the chat, from join to leave: its name, its session, and its requests without a reply.
 * Publishes and the leave keep their order, since each is sent after the reply to the one before. A lost session may be
 * replaced by a new one; meanwhile the membership is suspended, and publishes wait.
 *
 * <p>Used by the session thread only.
 */
final class Membership {

    private record Step<T>(Supplier<CompletableFuture<T>> start, CompletableFuture<T> result) {

        /** Starts the step, and completes with its result. */
        CompletableFuture<T> begin() {
            return start.get().whenComplete((value, failure) -> SessionThread.pass(value, failure, result));
        }
    }

    private final String name;
    private final ParticipantLog log;
    private String token;
    private String epoch;
    private Duration resumeWindow;
    private long joined;
    private int generation;
    private boolean suspended;
    private boolean sessionLost;
    private int lossesInARow;
    private final Deque<Step<?>> steps = new ArrayDeque<>();
    private final ReceiptWaiters waiters = new ReceiptWaiters();
    private @Nullable Step<?> running;
    private final PendingPublishes publishes;
    private long lastSequence;
    private Predecessor predecessor = new Predecessor();
    private final CompletableFuture<Void> streamEnded = new CompletableFuture<>();
    private boolean leaving;
    private @Nullable ChatException over;

    /** Begins with the reply to a Join. */
    Membership(String name, ParticipantLog log, JoinResponse reply) {
        this.name = name;
        this.log = log;
        this.publishes = new PendingPublishes(name);
        this.token = reply.getSessionToken();
        this.epoch = reply.getEpoch();
        this.resumeWindow = reply.getResumeWindow();
        this.joined = reply.getLamportTime();
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

    /** How long the session lives without a sign of life; zero if the service does not tell. */
    Duration resumeWindow() {
        return resumeWindow;
    }

    /** The Lamport time of its first join in the current log, from which on it receives all events. */
    long joined() {
        return joined;
    }

    /** The futures that wait for events. */
    ReceiptWaiters waiters() {
        return waiters;
    }

    /** The number of the next publish of this session, from 1. */
    long nextSequence() {
        return ++lastSequence;
    }

    /** What the next publish of this session names as the one before it. */
    Predecessor predecessor() {
        return predecessor;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** Refuses more requests from now on. */
    void leave() {
        leaving = true;
    }

    boolean isOver() {
        return over != null;
    }

    /** Whether it sends nothing: it has no session, or not yet all events before the new one. */
    boolean isSuspended() {
        return suspended;
    }

    /** The number of sessions that were lost, which tells replies of a lost session from current ones. */
    int generation() {
        return generation;
    }

    /** Whether it has no session. */
    boolean isSessionLost() {
        return sessionLost;
    }

    /** The number of sessions that were lost since one was read up to where the membership goes on. */
    int lossesInARow() {
        return lossesInARow;
    }

    /** The session is lost: sends nothing until there is a new one. */
    void suspend() {
        suspended = true;
        sessionLost = true;
        lossesInARow++;
        generation++;
        publishes.completeFound();
    }

    /** There is a new session, but nothing is sent yet. */
    void renew(JoinResponse reply) {
        if (!epoch.equals(reply.getEpoch())) {
            joined = reply.getLamportTime();
            publishes.missed();
        }
        sessionLost = false;
        token = reply.getSessionToken();
        epoch = reply.getEpoch();
        resumeWindow = reply.getResumeWindow();
        lastSequence = 0;
        predecessor = new Predecessor();
    }

    /** Its publishes without a result. */
    PendingPublishes publishes() {
        return publishes;
    }

    /**
     * All events before the new session have been received, so the waiting publishes are sent.
     *
     * @param again sends a publish again that the log does not have
     */
    void resume(Consumer<PendingPublish> again) {
        suspended = false;
        lossesInARow = 0;
        publishes.settle(again);
        beginNext();
    }

    /** The Broadcast has ended after the leave. */
    void streamHasEnded() {
        streamEnded.complete(null);
    }

    /** Completes on the session thread when the Broadcast has ended, or after a grace period. */
    CompletableFuture<Void> streamEnded(ScheduledExecutorService thread, java.time.Duration grace) {
        thread.schedule(this::streamHasEnded, grace.toNanos(), TimeUnit.NANOSECONDS);
        return streamEnded;
    }

    /** Starts a step after the replies to all earlier steps. */
    <T> CompletableFuture<T> inOrder(Supplier<CompletableFuture<T>> start) {
        Step<T> step = new Step<>(start, new CompletableFuture<>());
        steps.add(step);
        beginNext();
        return step.result();
    }

    private void beginNext() {
        while (running == null && over == null && !suspended) {
            Step<?> next = steps.poll();
            if (next == null) {
                return;
            }
            running = next;
            CompletableFuture<?> begun = next.begin();
            if (begun.isDone()) {
                running = null; // completed at once: continues without growing the stack
            } else {
                begun.whenComplete((value, failure) -> {
                    running = null;
                    beginNext();
                });
            }
        }
    }

    /** Completes when everything up to a time has been received, or fails when the membership ends. */
    CompletableFuture<Void> reached(long lamportTime, long cursor) {
        return over == null ? waiters.reached(lamportTime, cursor) : CompletableFuture.failedFuture(over);
    }

    /** Ends the membership, and fails all requests without a reply, except publishes that were received. */
    void end(SessionEnd end) {
        ChatException failure = new ChatException(
                Problem.SESSION_ENDED, reason(end).orElse(null), "the session has ended: " + end.reason(), null);
        over = failure;
        publishes.completeFound();
        Step<?> begun = running;
        if (begun != null) {
            begun.result().completeExceptionally(failure);
        }
        steps.forEach(step -> step.result().completeExceptionally(failure));
        steps.clear();
        waiters.fail(failure);
        log.close();
    }

    private static Optional<ErrorReason> reason(SessionEnd end) {
        return switch (end.reason()) {
            case SESSION_UNKNOWN -> Optional.of(ErrorReason.SESSION_UNKNOWN);
            case EPOCH_CHANGED -> Optional.of(ErrorReason.EPOCH_CHANGED);
            case SUPERSEDED -> Optional.of(ErrorReason.SUPERSEDED);
            case NAME_TAKEN -> Optional.of(ErrorReason.NAME_TAKEN);
            case LEFT, REFUSED, CLOSED -> Optional.empty();
        };
    }
}
