package io.chittychat.server.log.cluster;

import io.chittychat.server.log.BatchSink;
import io.chittychat.server.log.Journal;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies records of the shared log, batch by batch: the fold applies them, the journal records the result with its place,
 * readers are shown the events, then the callers of this node are answered.
 *
 * <p>Nothing local decides. If the result cannot be recorded for now, the node waits, and serves nobody meanwhile.
 *
 * <p>Threading: the room thread, unless a method says otherwise.
 */
final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
    private static final long RETRY = Duration.ofMillis(200).toNanos();

    private final Room room;
    private final Fold fold;
    private final ReplicaJournal journal;
    private final BatchSink readers;
    private final Proposer proposer;
    private final Watcher watcher;
    private final Agreement agreement;
    private volatile long offset; // of the next record
    private long lostLives; // of this node, of which the watcher has been told
    private volatile boolean stuck; // the disk takes nothing
    private volatile boolean closed;
    private boolean live; // whether the end that the log had at the start is reached
    private volatile int nodes;

    Applier(Room room, FoldState state, ReplicaJournal journal, BatchSink readers, Proposer proposer, Watcher watcher) {
        this.room = room;
        this.fold = new Fold(room, state);
        this.journal = journal;
        this.readers = readers;
        this.proposer = proposer;
        this.watcher = watcher;
        this.agreement = new Agreement(journal);
        this.offset = state.offset();
        proposer.recorded(journal.newest());
    }

    /** This node has another log than most others, so it must not serve anybody. */
    static final class DivergedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        DivergedException(String where) {
            super("this node has another log than most other nodes, " + where
                    + ". Stop it, keep its store for the search for the cause, and start it with a copy of another node's store"
                    + " (backup --as-seed)");
        }
    }

    Fold fold() {
        return fold;
    }

    /** Returns the offset of the next record. Any thread. */
    long offset() {
        return offset;
    }

    /** Whether the disk takes nothing at the moment. Any thread. */
    boolean isStuck() {
        return stuck;
    }

    /** Returns the number of present nodes. Any thread. */
    int nodes() {
        return nodes;
    }

    /** Returns how many other nodes disagree with this one. Any thread. */
    int disagreeing() {
        return agreement.disagreeing();
    }

    /** The past is read: what comes now is news. */
    void beginLive() {
        live = true;
    }

    /** Makes a wait for the disk end with an exception. Any thread. */
    void close() {
        closed = true;
    }

    /**
     * Applies records.
     *
     * @param records the next ones, in order
     * @throws UnknownEntryException if one of them is not known; those before it are applied
     * @throws RuntimeException if it is unknown whether the result is recorded: nothing more may be applied
     */
    void apply(List<LogRecord> records) throws UnknownEntryException {
        tellLostLives();
        FoldBatch batch = new FoldBatch();
        List<Runnable> told = new ArrayList<>(); // in the order of Lamport time
        Optional<UnknownEntryException> unknown = Optional.empty();
        boolean any = false;
        for (LogRecord record : records) {
            try {
                apply(record, batch, told);
                any = true;
            } catch (UnknownEntryException e) {
                unknown = Optional.of(new UnknownEntryException(
                        "the entry at place " + record.offset() + " of the shared log is unknown: " + e.getMessage()));
                break;
            }
        }
        if (any) {
            finish(batch, told);
        }
        if (unknown.isPresent()) {
            throw unknown.get();
        }
    }

    private void apply(LogRecord record, FoldBatch batch, List<Runnable> told) throws UnknownEntryException {
        Entry entry = EntryCodec.decode(record.value());
        List<Outcome<?>> outcomes = new ArrayList<>(entry.proposals().size());
        int expired = batch.expired.size();
        Fold.Verdict verdict = fold.apply(entry, record.time(), batch, outcomes);
        if (live) {
            for (Result.Left left : batch.expired.subList(expired, batch.expired.size())) {
                told.add(() ->
                        watcher.expired(left.participant(), left.lamportTime())); // before what the entry itself does
            }
        }
        if (verdict == Fold.Verdict.APPLIED) {
            proposer.applied(entry, outcomes, told).ifPresent(watcher::returned);
        } else if (verdict == Fold.Verdict.IGNORED && entry.author().equals(proposer.author())) {
            giveUp(entry.author());
        }
        offset = record.offset() + 1;
    }

    /** The log does not count this life of the node any more. */
    private void giveUp(Author own) {
        Optional<Member> known = fold.members().find(own.node());
        if (known.isPresent()
                && !known.get().author().equals(own)
                && known.get().author().generation() >= own.generation()) {
            proposer.giveUpNode(own, "another process has the id of this node; perhaps its store was copied");
        } else {
            proposer.giveUp(own, "the other nodes have given this one up");
        }
    }

    private void finish(FoldBatch batch, List<Runnable> told) {
        long lamportTime = room.lamportTime();
        record(new Journal.Batch(batch.events, batch.joins, lamportTime), changed(batch));
        proposer.recorded(journal.newest());
        readers.append(batch.events, lamportTime);
        room.settle();
        told.forEach(Runnable::run);
        Author own = proposer.author();
        if (proposer.isJoined() && !fold.members().isPresent(own)) {
            giveUp(own);
        }
        tellLostLives();
        List<Author> present = fold.members().present();
        nodes = present.size();
        if (live) {
            tell(batch);
            compare(batch, own, present);
        }
    }

    private void compare(FoldBatch batch, Author own, List<Author> present) {
        Optional<String> difference = agreement.compare(batch.beats, own, present);
        if (difference.isPresent()) {
            throw new DivergedException(difference.get());
        }
    }

    private Map<SessionId, Optional<Presence>> changed(FoldBatch batch) {
        Map<SessionId, Optional<Presence>> changed = new HashMap<>();
        batch.changed.forEach(session -> changed.put(session, fold.presence(session)));
        return changed;
    }

    /** Records a batch, however long it takes until the disk takes it. */
    private void record(Journal.Batch batch, Map<SessionId, Optional<Presence>> changed) {
        while (true) {
            try {
                journal.append(batch, fold.stateWithout(offset), changed);
                stuck = false;
                return;
            } catch (Journal.FullException e) {
                wait("The disk has no space to record the log; this node serves nobody until it has", e);
            } catch (Journal.BusyException e) {
                wait("Another program uses the store; this node serves nobody until it is free", e);
            }
        }
    }

    private void wait(String problem, Exception cause) {
        if (!stuck) {
            stuck = true;
            LOG.error(problem, cause);
            proposer.giveUp(proposer.author(), "its store cannot be written");
            tellLostLives();
        }
        if (closed) {
            throw new IllegalStateException("the store could not be written when the service was stopped", cause);
        }
        LockSupport.parkNanos(this, RETRY);
    }

    private void tell(FoldBatch batch) {
        long own = proposer.author().incarnation();
        for (SessionId session : batch.attached) {
            if (fold.presence(session).map(Presence::attachedBy).orElse(0L) != own) {
                watcher.attachedElsewhere(session);
            }
        }
        for (FoldBatch.Change change : batch.changes) {
            LOG.info("{}", sentence(change));
        }
    }

    private String sentence(FoldBatch.Change change) {
        String node = "Node " + change.author().name();
        return switch (change.what()) {
            case STARTED -> node + " is present";
            case STOPPED -> node + " has stopped";
            case LOST -> node + " is lost";
            case REPLACED -> node + " begins again";
            case LIMITS ->
                node + " has changed the limits of the log to " + fold.limits().orElseThrow();
        };
    }

    /** Tells the watcher if this node was given up: the sessions that it serves are not attached any more. */
    private void tellLostLives() {
        long givenUp = proposer.givenUp();
        if (givenUp != lostLives) {
            lostLives = givenUp;
            watcher.nodeLost();
        }
    }

    /**
     * Gives this node up if it has not read an entry of its own for too long.
     *
     * @param patience in nanoseconds
     */
    void giveUpIfCutOff(long patience) {
        if (proposer.isJoined() && proposer.silence() > patience) {
            proposer.giveUp(proposer.author(), "nothing that it wrote came back for " + patience / 1_000_000 + " ms");
        }
        tellLostLives();
    }
}
