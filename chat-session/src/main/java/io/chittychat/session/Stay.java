package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a participant, from join to leave: its name, its session, and what it has asked for and not been
 * answered. Publishes and the leave go out one after the other, each when the one before it is answered, so their order
 * is the order in which they were asked for. A session that was lost may be replaced by another one; meanwhile
 * the stay is suspended, and what is asked for waits.
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

    private final String name;
    private final ParticipantLog log;
    private String token;
    private String epoch;
    private long joined;
    private int life;
    private boolean suspended;
    private final Deque<Step<?>> steps = new ArrayDeque<>();
    private final Arrivals arrivals = new Arrivals();
    private @Nullable Step<?> running;
    private final Set<Publishing> publishings = new LinkedHashSet<>();
    private long lastSequence;
    private final CompletableFuture<Void> streamEnded = new CompletableFuture<>();
    private boolean leaving;
    private @Nullable ChatException over;

    /** A stay that the reply to a Join has begun. */
    Stay(String name, ParticipantLog log, JoinResponse reply) {
        this.name = name;
        this.log = log;
        this.token = reply.getSessionToken();
        this.epoch = reply.getEpoch();
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

    /** The Lamport time of its first join in the present log: from there on everything is to be received. */
    long joined() {
        return joined;
    }

    /** Who waits for events. */
    Arrivals arrivals() {
        return arrivals;
    }

    /** The number of the next publish of this session, from 1. */
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

    boolean isSuspended() {
        return suspended;
    }

    /** Which of its sessions the stay is in, from 0; a new one begins when the one before is lost. */
    int life() {
        return life;
    }

    /** The session was lost: nothing goes out until there is another one. */
    void suspend() {
        suspended = true;
        life++;
    }

    /** There is another session; nothing goes out yet. */
    void renew(JoinResponse reply) {
        if (!epoch.equals(reply.getEpoch())) {
            joined = reply.getLamportTime();
        }
        token = reply.getSessionToken();
        epoch = reply.getEpoch();
        lastSequence = 0;
    }

    /** Remembers a publish until it is done with. */
    void track(Publishing publishing) {
        publishings.add(publishing);
        publishing.result().whenComplete((published, failure) -> publishings.remove(publishing));
    }

    /** Publishes that are not done with, in the order in which they were asked for. */
    List<Publishing> publishings() {
        return List.copyOf(publishings);
    }

    /** Shows the publish that is under way an event that the same participant caused, as long as its session lasts. */
    void compare(Event event) {
        publishings.forEach(publishing -> publishing.compare(event, name));
    }

    /**
     * Everything that came before the new session is known: what waits goes out.
     *
     * @param logIsWhole whether nothing of it was missed
     * @param again sends a publish that was not heard
     */
    void resume(boolean logIsWhole, Consumer<Publishing> again) {
        suspended = false;
        // At most one; it is looked up first, since settling it may start the next one.
        List<Publishing> underWay =
                publishings().stream().filter(Publishing::isUnderWay).toList();
        underWay.forEach(publishing -> {
            publishing.settle(logIsWhole);
            again.accept(publishing);
        });
        beginNext();
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
        while (running == null && over == null && !suspended) {
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
        return over == null ? arrivals.reached(lamportTime, cursor) : CompletableFuture.failedFuture(over);
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
        arrivals.fail(failure);
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
