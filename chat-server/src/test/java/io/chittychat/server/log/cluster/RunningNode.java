package io.chittychat.server.log.cluster;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A node with its threads, on any shared log, with a store in memory. */
final class RunningNode implements Watcher, AutoCloseable {

    private static final AtomicLong RANDOM = new AtomicLong(100);

    final SimulatedStore store = new SimulatedStore();
    final AtomicInteger losses = new AtomicInteger();
    final List<Long> returns = new CopyOnWriteArrayList<>(); // how long its entries took, in nanoseconds
    final ClusterLog log;

    RunningNode(SharedLog shared, long id, FoldState state, Limits limits) {
        Room room = new Room(new LamportClock(), new ParticipantRegistry(), limits.ofRoom());
        log = new ClusterLog(
                shared,
                room,
                state,
                new ClusterLog.Sinks(store, (events, time) -> {}, this),
                id,
                limits,
                RANDOM::incrementAndGet,
                Duration.ofSeconds(20));
    }

    static Command.Join join(String name, long session) {
        return new Command.Join(ParticipantName.of(name), new SessionId(0, session), Optional.empty(), 0);
    }

    /** Submits a command; the outcome is a result or a refusal. */
    <R extends Result> CompletableFuture<Object> submit(Command<R> command) {
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        log.submit(command, new Reply<>() {
            @Override
            public void accepted(R result) {
                outcome.complete(result);
            }

            @Override
            public void refused(Refusal refusal) {
                outcome.complete(refusal);
            }
        });
        return outcome;
    }

    static Object get(CompletableFuture<Object> outcome) throws Exception {
        return outcome.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void attachedElsewhere(SessionId session) {}

    @Override
    public void nodeLost() {
        losses.incrementAndGet();
    }

    @Override
    public void returned(long nanos) {
        returns.add(nanos);
    }

    @Override
    public void expired(String participant, long lamportTime) {}

    @Override
    public void close() {
        log.close();
    }
}
