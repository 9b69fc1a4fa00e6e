package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains a store in the background: checkpoints the write-ahead log, moves the mark, keeps the head, and removes old
 * events. The mark is the newest event that the session table includes; a start reads the events after it.
 *
 * <p>Threading: one background thread, unless a method says otherwise.
 */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long LONG_WAL = 8 << 20; // bytes
    private static final long HELD_WAL = 64 << 20; // bytes
    private static final long COUNT_AGAIN = Duration.ofMinutes(10).toNanos();
    private static final int MARK = 1000; // Lamport times between mark and newest event

    private final Path file;
    private final Supplier<Head> newest;
    private final UpkeepConnection connection;
    private long marked; // the newest Lamport time when the mark was moved
    private @Nullable Head kept;
    private final AtomicLong appended = new AtomicLong(); // events, since the store was opened
    private long others; // events that were counted, without those appended until then
    private OptionalLong countedAt = OptionalLong.empty(); // nanoseconds
    private volatile boolean walIsHeld; // the background thread writes it
    private volatile long removedThrough; // the background thread writes it
    private final AtomicLong oldest; // Lamport time of the oldest event; 0 while it is unknown, or if there is none

    /**
     * Creates the upkeep of an open store.
     *
     * @param newest the head of the log, as of the newest batch
     * @param writing a lock that the room thread holds while it writes a batch
     * @param removedThrough the Lamport time up to which events were removed
     * @param oldest the Lamport time of the oldest event; 0 if there is none
     */
    Upkeep(Path file, Sqlite sqlite, Lock writing, Supplier<Head> newest, long removedThrough, long oldest)
            throws SQLException {
        this.file = file;
        this.newest = newest;
        this.connection = new UpkeepConnection(sqlite, writing);
        this.removedThrough = removedThrough;
        this.oldest = new AtomicLong(oldest);
    }

    /** Syncs the write-ahead log and copies it to the main file; moves the mark if it is far behind. */
    void checkpoint() throws SQLException {
        Head synced = newest.get(); // a checkpoint syncs what it copies, whatever the durability
        boolean copied = connection.checkpoint();
        watchWal(copied);
        if (copied) {
            keep(synced);
        }
        if (newest.get().lamportTime() - marked >= MARK) {
            mark(); // last, because it fails at a damaged event
        }
    }

    /** Warns of a reader that does not end, such as a forgotten transaction: the write-ahead log grows for as long. */
    private void watchWal(boolean copied) throws SQLException {
        long bytes = wal().toFile().length();
        if (!copied && bytes > HELD_WAL && !walIsHeld) {
            walIsHeld = true;
            LOG.warn(
                    "{}-wal has {} MB, because a program reads the store without end; end it, such as an sqlite3 with an open"
                            + " transaction, before the disk is full",
                    file,
                    bytes >> 20);
        } else if (copied && walIsHeld) {
            walIsHeld = false;
            LOG.info("{}-wal can be written back again", file);
        }
        if (copied && bytes > LONG_WAL && newest.get().equals(kept)) { // nothing was written since the last checkpoint
            connection.truncate();
        }
    }

    private Path wal() {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Moves the mark to the newest event, in steps, so that the room thread can write in between. */
    void mark() throws SQLException {
        long through = newest.get().lamportTime();
        boolean more = true;
        while (more) {
            more = connection.mark();
        }
        marked = through;
    }

    /** Keeps the head of a store whose connections are closed: unless another program has it open, everything is synced. */
    void closed(Head head) {
        if (Files.notExists(wal())) {
            keep(head);
        }
    }

    /** Writes the head to its file, if it has changed. */
    private void keep(Head synced) {
        if (!synced.equals(kept)) {
            try {
                synced.keep(file);
                kept = synced;
            } catch (IOException e) {
                LOG.debug("Cannot write {}; the next checkpoint tries again", Head.file(file), e);
            }
        }
    }

    /**
     * Removes the oldest events that are too old or too many.
     *
     * @return the number of events that it removed: at most {@code limit}, or one page
     */
    int remove(Instant recordedBefore, OptionalLong maxEvents, int limit) throws SQLException {
        try {
            mark(); // only events up to the mark can be removed
        } catch (DamageException e) {
            LOG.debug("The mark of {} stays before a damaged event; older ones are removed all the same", file, e);
        }
        long tooMany = maxEvents.isPresent() ? count() - maxEvents.getAsLong() : 0;
        UpkeepConnection.Removed removed = connection.remove(recordedBefore, tooMany, limit);
        if (removed.events() > 0) {
            others -= removed.events();
            removedThrough = removed.through();
            findOldest();
        }
        return removed.events();
    }

    /** Looks for the oldest event. If there is none, {@link #appended} may note one at the same time. */
    private void findOldest() throws SQLException {
        oldest.set(0);
        long found = connection.oldest();
        if (found != 0) {
            oldest.set(found);
        }
    }

    /** Counts a batch, and notes the oldest event of a log that was empty. The room thread calls it after each batch. */
    void appended(List<Event> events) {
        appended.addAndGet(events.size());
        if (oldest.get() == 0 && !events.isEmpty()) {
            oldest.compareAndSet(0, events.get(0).header().lamportTime());
        }
    }

    /**
     * Returns the number of events. They are counted at first and every ten minutes: a batch that is recorded while they
     * are counted may be left out until then.
     */
    long count() throws SQLException {
        long now = System.nanoTime();
        if (countedAt.isEmpty() || now - countedAt.getAsLong() > COUNT_AGAIN) {
            long found = connection.count();
            others = found - appended.get();
            countedAt = OptionalLong.of(now);
        }
        return others + appended.get();
    }

    /** Whether no other program holds the store's lock. */
    boolean canLock() throws SQLException {
        return connection.canLock();
    }

    /** Whether a reader that does not end makes the write-ahead log grow. Any thread may call it. */
    boolean isWalHeld() {
        return walIsHeld;
    }

    /** Returns the Lamport time up to which events were removed. Any thread may call it. */
    long removedThrough() {
        return removedThrough;
    }

    /**
     * Returns the Lamport time of the oldest event; 0 if there is none, or while it is unknown. Any thread may call it.
     */
    long oldest() {
        return oldest.get();
    }

    /** Moves the mark, so that the next start reads few events; then closes the connection. */
    @Override
    public void close() throws SQLException {
        try {
            mark();
        } catch (SQLException e) {
            LOG.warn(
                    "The next start takes longer, because the sessions of {} could not be written: {}",
                    file,
                    e.getMessage());
        }
        connection.close();
    }
}
