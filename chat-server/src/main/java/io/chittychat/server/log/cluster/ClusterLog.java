package io.chittychat.server.log.cluster;

import io.chittychat.server.log.BatchSink;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.log.FailureListeners;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command log of one node of several: a {@link SharedLog} orders the commands of all nodes, and each node applies all of
 * them.
 *
 * <p>Threading: any thread may submit. One thread, {@code proposer}, writes to the shared log; another, {@code room}, reads
 * it and applies what it reads.
 */
public final class ClusterLog implements CommandLog {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterLog.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5); // for the farewell of this node
    private static final int MOST_UNDER_WAY = 4;

    private final SharedLog shared;
    private final Limits limits;
    private final Applier applier;
    private final Proposer proposer;
    private final Freshness freshness;
    private final Duration startPatience;
    private final Watcher watcher;
    private final Thread roomThread = new Thread(this::read, "room");
    private final Thread proposerThread = new Thread(this::write, "proposer");
    private final FailureListeners onFailure = new FailureListeners();
    private volatile State state = State.OPEN;
    private volatile boolean ended; // the threads should end
    private volatile Optional<String> failure = Optional.empty();

    /**
     * The parts that a log hands its batches to.
     *
     * @param journal records batches
     * @param readers shows them
     * @param watcher is told what happens in the cluster
     */
    public record Sinks(ReplicaJournal journal, BatchSink readers, Watcher watcher) {}

    /**
     * Creates a log; {@link #start} starts it.
     *
     * @param room has been restored to the place of {@code state}
     * @param node the id of this node
     * @param limits what this node is set to
     * @param random draws incarnations
     * @param startPatience how long a start waits for the shared log
     */
    public ClusterLog(
            SharedLog shared,
            Room room,
            FoldState state,
            Sinks sinks,
            long node,
            Limits limits,
            LongSupplier random,
            Duration startPatience) {
        this.shared = shared;
        this.limits = limits;
        this.startPatience = startPatience;
        this.watcher = sinks.watcher();
        this.proposer = new Proposer(shared, node, limits, System::nanoTime, random, MOST_UNDER_WAY);
        this.applier = new Applier(room, state, sinks.journal(), sinks.readers(), proposer, sinks.watcher());
        this.freshness = new Freshness(shared::end, System::nanoTime);
    }

    /**
     * Applies what the shared log has, up to the end that it has now, and makes this node present. It takes seconds for a
     * million entries.
     *
     * @throws StartException if that is not possible
     */
    public void start() {
        new Replay(shared, applier, startPatience).run();
        begin();
        awaitPresence();
    }

    private void begin() {
        freshness.applied(applier.offset());
        applier.beginLive();
        Optional<Limits> known = applier.fold().limits();
        long generation = applier.fold()
                .members()
                .find(proposer.author().node())
                .map(member -> member.author().generation())
                .orElse(0L);
        proposer.begin(generation, known.isPresent() && !known.get().equals(limits));
        roomThread.start();
        proposerThread.start();
    }

    private void awaitPresence() {
        long deadline = System.nanoTime() + startPatience.toNanos();
        while (!proposer.isJoined() && state == State.OPEN && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, POLL.toNanos() / 10);
        }
        if (!proposer.isJoined()) {
            close();
            throw new StartException(
                    failure.orElse("nothing can be written to the shared log"), new TimeoutException());
        }
    }

    @Override
    public State state() {
        return state;
    }

    /** Why this node cannot serve now; empty if it can. Any thread. */
    public Optional<String> problem() {
        if (failure.isPresent()) {
            return failure;
        }
        if (state != State.OPEN) {
            return Optional.of("the log takes no commands");
        }
        if (applier.isStuck()) {
            return Optional.of("the store takes nothing");
        }
        return proposer.isJoined() ? Optional.empty() : Optional.of("the shared log cannot be written");
    }

    @Override
    public int waiting() {
        return proposer.waiting();
    }

    /** Returns how often this node gave up what it had under way. Any thread. */
    public long givenUp() {
        return proposer.givenUp();
    }

    /** Returns the number of present nodes. Any thread. */
    public int nodes() {
        return applier.nodes();
    }

    /** Returns how many other nodes have another log than this one. Any thread. */
    public int disagreeing() {
        return applier.disagreeing();
    }

    /** Returns the place in the shared log up to which this node has applied it. Any thread. */
    public long offset() {
        return applier.offset();
    }

    @Override
    public <R extends Result> void submit(Command<R> command, Reply<R> reply) {
        if (state != State.OPEN) {
            reply.refused(state == State.FAILED ? Refusal.LOG_UNAVAILABLE : Refusal.SHUTTING_DOWN);
            return;
        }
        proposer.submit(Pending.of(command, reply));
        LockSupport.unpark(proposerThread);
    }

    @Override
    public boolean mayBeBehind() {
        return true;
    }

    @Override
    public void whenCurrent(Runnable current, Runnable unavailable) {
        if (proposer.isJoined()) {
            freshness.whenCurrent(current, unavailable);
        } else {
            unavailable.run();
        }
    }

    @Override
    public void onFailure(Runnable listener) {
        onFailure.add(listener);
    }

    private void write() {
        while (!ended) {
            if (!proposer.propose()) {
                long wait = Math.min(proposer.nanosUntilWork(), POLL.toNanos());
                if (wait > 0 && !ended) {
                    LockSupport.parkNanos(this, wait);
                }
            }
        }
    }

    /** A node that hears nothing of itself for longer than this has probably been given up by the others. */
    private long cutOff() {
        return limits.nodeTimeout().plus(limits.resumeWindow().dividedBy(2)).toNanos();
    }

    private void read() {
        try {
            while (!ended) {
                List<LogRecord> records = shared.poll(POLL);
                applier.apply(records);
                freshness.applied(applier.offset());
                applier.giveUpIfCutOff(cutOff());
                if (!records.isEmpty()) {
                    LockSupport.unpark(proposerThread); // an entry is not under way any more
                }
            }
        } catch (UnknownEntryException | SharedLog.GoneException | RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Takes no more commands, and tells all who wait. */
    private void fail(Throwable cause) {
        synchronized (this) {
            if (state == State.CLOSED && ended) {
                return;
            }
            failure = Optional.of("this node does not serve any more: " + cause.getMessage());
            state = State.FAILED;
        }
        ended = true;
        LockSupport.unpark(proposerThread);
        try {
            LOG.error("This node takes no more commands: {}", cause.getMessage(), cause);
        } finally {
            proposer.close(Refusal.LOG_UNAVAILABLE);
            freshness.close();
            watcher.nodeLost();
            onFailure.failed();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (state == State.OPEN) {
                state = State.CLOSED;
            }
        }
        proposer.stop();
        LockSupport.unpark(proposerThread);
        awaitEnd(() -> proposer.isClosed() || !proposer.isJoined());
        ended = true;
        applier.close();
        LockSupport.unpark(proposerThread);
        awaitEnd(() -> !roomThread.isAlive() && !proposerThread.isAlive());
        proposer.close(Refusal.SHUTTING_DOWN);
        freshness.close();
    }

    /** Waits despite interrupts, for a limited time. */
    private void awaitEnd(BooleanSupplier end) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        while (!end.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, POLL.toNanos() / 20);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
