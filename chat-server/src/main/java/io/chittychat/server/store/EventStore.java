package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.RoomState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable log: events, and what resuming and exactly-once need of sessions. One SQLite file in WAL mode.
 *
 * <p>Threading: {@link #append} and {@link #recorded} are the room thread's (and, before it runs, the starting thread's);
 * {@link #page} may be called by any thread and may block on the disk; {@link #removedThrough} and {@link #oldest} may be
 * called by any thread; {@link #checkpoint} and
 * {@link #remove} are for one thread in the background.
 *
 * @see <a href="https://www.sqlite.org/wal.html">SQLite, Write-Ahead Logging</a>
 */
public final class EventStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStore.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LONG_WAL = 8 << 20; // bytes
    private static final long HELD_WAL = 64 << 20; // bytes
    private static final long COUNT_AGAIN = Duration.ofMinutes(10).toNanos();
    private static final int MARK = 1000; // Lamport times: how many events a start may have to read

    private final Path file;
    private final StoreLock lock;
    private final Sqlite sqlite;
    private final LogWriter writer;
    private final ReadConnections readers;
    private final Upkeep upkeep;
    private final ReentrantLock writing = new ReentrantLock(); // held while a batch is written
    private final String epoch;
    private long recordedLamportTime; // the room thread's
    private volatile Head head; // written by the room thread
    private long marked; // the background thread's
    private @Nullable Head kept; // the background thread's
    private volatile @Nullable String damage;
    private long counted = -1; // events; the background thread's
    private long countedAt; // nanoseconds; the background thread's
    private volatile boolean isLocked;
    private volatile boolean walIsHeld; // written by the background thread
    private volatile long removedThrough;
    private final AtomicLong oldest; // Lamport time of the oldest event; 0 while it is not known, or if there is none

    private EventStore(Path file, StoreLock lock, Sqlite sqlite) throws SQLException {
        this.file = file;
        this.lock = lock;
        this.sqlite = sqlite;
        this.readers = new ReadConnections(sqlite);
        LogRow log = readers.read(LogRow::read);
        this.writer = new LogWriter(sqlite.connect(), readers.read(connection -> Chain.end(connection, log)));
        this.upkeep = new Upkeep(sqlite, writing);
        this.epoch = log.epoch();
        this.removedThrough = log.removedThrough();
        this.recordedLamportTime = Math.max(log.lamportTime(), writer.newestEvent());
        this.oldest = new AtomicLong(readers.read(LogReader::oldest));
        this.head = writtenHead();
    }

    /**
     * Opens a store, which is made if it is not there.
     *
     * @throws StoreException.InUse if another server has it open
     * @throws StoreException.Damaged if it is not what was written
     */
    public static EventStore open(Path file, Durability durability) {
        return open(file, durability, UnaryOperator.identity());
    }

    static EventStore open(Path file, Durability durability, UnaryOperator<Connection> connections) {
        Path absolute = file.toAbsolutePath();
        makeDirectory(absolute);
        StoreLock lock = StoreLock.take(absolute);
        try {
            TailCheck.checkFile(absolute);
            Sqlite sqlite = new Sqlite(absolute, durability, connections);
            sqlite.checkVersion();
            Schema.migrate(sqlite, absolute);
            try (ReadConnections readers = new ReadConnections(sqlite)) {
                TailCheck.check(readers, absolute);
            }
            return new EventStore(absolute, lock, sqlite);
        } catch (SQLException e) {
            lock.close();
            throw Sqlite.meaningOf(e, absolute);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void makeDirectory(Path file) {
        Path directory = file.getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new StoreException("cannot make the directory " + directory + " for the store: " + e, e);
        }
    }

    /** Where the store is. */
    public Path file() {
        return file;
    }

    /** Identity of the log's life. */
    public String epoch() {
        return epoch;
    }

    /**
     * Records a batch as a whole. When this returns it is as durable as was asked for.
     *
     * @param joins what made the sessions that are new in it, one for each joined event and in their order
     * @param lamportTime the room's time after it
     * @throws StoreException.Full if there is no space; nothing is recorded
     * @throws StoreException.Busy if another program holds the store's lock for too long; nothing is recorded
     * @throws StoreException if it is unknown what is recorded
     */
    public void append(List<Event> events, List<Result.Joined> joins, long lamportTime) {
        if (events.isEmpty() && lamportTime == recordedLamportTime) {
            return; // repeats and refusals leave nothing to record
        }
        writing.lock();
        try {
            writer.write(events, joins, lamportTime);
            isLocked = false;
            recordedLamportTime = lamportTime;
            head = writtenHead();
            noteFirst(events);
        } catch (SQLException e) {
            StoreException meaning = Sqlite.meaningOf(e, file);
            isLocked = meaning instanceof StoreException.Busy;
            throw meaning;
        } finally {
            writing.unlock();
        }
    }

    private void noteFirst(List<Event> events) {
        if (oldest.get() == 0 && !events.isEmpty()) {
            oldest.compareAndSet(0, events.get(0).header().lamportTime());
        }
    }

    private Head writtenHead() {
        return new Head(epoch, writer.newestEvent(), writer.head());
    }

    /** The room as it was after the newest batch. */
    public RoomState recorded() {
        return attempt(() -> readers.read(LogReader::state));
    }

    /** What was found that is not what was recorded, for an operator; empty if nothing was. Any thread may ask. */
    public Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    /** Events up to this Lamport time are not kept any more. */
    public long removedThrough() {
        return removedThrough;
    }

    /** Lamport time of the oldest event that is kept; empty while that is not known, or if none is. Does not block. */
    public OptionalLong oldest() {
        long time = oldest.get();
        return time == 0 ? OptionalLong.empty() : OptionalLong.of(time);
    }

    /**
     * A page of events.
     *
     * @param events in order
     * @param removedThrough events up to this time were not kept at the moment of reading; a reader whose cursor is before
     *     it has missed some
     */
    public record Page(List<Event> events, long removedThrough) {}

    /**
     * Events after a Lamport time, at most so many; only those before a damaged one.
     *
     * @throws StoreException.Damaged if the first one is damaged
     */
    public Page page(long after, int limit) {
        return attempt(() -> readers.read(connection -> {
            LogRow log = LogRow.read(connection);
            return new Page(LogReader.events(connection, log, after, limit), log.removedThrough());
        }));
    }

    /** Events before a Lamport time, the newest first, at most so many. */
    public List<Event> before(long lamportTime, int limit) {
        return attempt(() -> readers.read(connection -> LogReader.before(connection, lamportTime, limit)));
    }

    /** Those of the events at some Lamport times that are (still) there, in the same order. */
    List<Event> at(List<Long> lamportTimes) {
        return attempt(() -> readers.read(connection -> LogReader.at(connection, lamportTimes)));
    }

    /**
     * Moves what was written into the main file, without keeping anybody waiting, and brings the session table up to date if many
     * events have come since that was done.
     */
    public void checkpoint() {
        Head synced = head; // a checkpoint syncs what it moves, whatever the durability
        boolean isSynced = attempt(() -> {
            isLocked = isLocked && !upkeep.canLock();
            if (head.lamportTime() - marked >= MARK) {
                markThrough();
            }
            Upkeep.Checkpoint checkpoint = upkeep.checkpoint();
            watchWal(checkpoint.moved());
            return checkpoint.synced();
        });
        if (isSynced) {
            keep(synced);
        }
    }

    /** A reader that does not end, such as a forgotten transaction of another program, makes the write-ahead log grow. */
    private void watchWal(boolean moved) throws SQLException {
        long bytes = file.resolveSibling(file.getFileName() + "-wal").toFile().length();
        if (!moved && bytes > HELD_WAL && !walIsHeld) {
            walIsHeld = true;
            LOG.warn(
                    "{}-wal has {} MB, because a program reads the store without end; end it, such as an sqlite3 with an open"
                            + " transaction, before the disk is full",
                    file,
                    bytes >> 20);
        } else if (moved && walIsHeld) {
            walIsHeld = false;
            LOG.info("{}-wal can be written back again", file);
        }
        if (moved && bytes > LONG_WAL && head.equals(kept)) { // a quiet moment
            upkeep.truncate();
        }
    }

    /** Whether another program held the store's lock when it was needed for the last time. Any thread may ask. */
    public boolean isLocked() {
        return isLocked;
    }

    /** Whether a reader that does not end makes the write-ahead log grow. Any thread may ask. */
    public boolean isWalHeld() {
        return walIsHeld;
    }

    /** Brings the session table up to date. */
    void mark() {
        attempt(() -> {
            markThrough();
            return true;
        });
    }

    private void markThrough() throws SQLException {
        Head newest = head;
        while (upkeep.mark()) {
            // step by step, so that the log can be written in between
        }
        marked = newest.lamportTime();
    }

    private void keep(Head synced) {
        if (!synced.equals(kept)) {
            try {
                synced.keep(file);
                kept = synced;
            } catch (IOException e) {
                LOG.debug("Cannot write {}; it will be written later", Head.file(file), e);
            }
        }
    }

    /**
     * Removes the oldest events that are neither young nor few enough, some of them at a time.
     *
     * @param recordedBefore events recorded before this are too old
     * @param maxEvents how many are kept at most; empty for all
     * @param limit at most so many are removed
     * @return how many were removed
     */
    public int remove(Instant recordedBefore, OptionalLong maxEvents, int limit) {
        return attempt(() -> {
            markThrough(); // only what the session table knows can be removed
            Upkeep.Removed removed = upkeep.remove(recordedBefore, maxEvents, limit);
            if (removed.events() > 0) {
                removedThrough = removed.through();
                findOldest();
            }
            return removed.events();
        });
    }

    /** About how many events there are: as of some minutes ago. For one thread in the background. */
    public long count() {
        long now = System.nanoTime();
        if (counted < 0 || now - countedAt > COUNT_AGAIN) {
            counted = attempt(upkeep::count);
            countedAt = now;
        }
        return counted;
    }

    /** Whoever appends to a log without events notes the first one: that may be while this one is still looking. */
    private void findOldest() throws SQLException {
        oldest.set(0);
        long found = upkeep.oldest();
        if (found != 0) {
            oldest.set(found);
        }
    }

    /**
     * Closes the store; not under a batch that is being written. If the disk hangs for longer than one waits, the store is left
     * as it is: the process ends, and what was not committed is rolled back when the store is opened again.
     *
     * @throws StoreException if that is so, or if closing fails
     */
    @Override
    public void close() {
        if (!mayClose()) {
            throw new StoreException(
                    file + " is not closed", new TimeoutException("a batch is still being written to it"));
        }
        try {
            markForNextStart();
            upkeep.close();
            readers.close();
            writer.close(); // the last connection syncs everything
            keep(head);
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, file);
        } finally {
            lock.close();
        }
    }

    /** So that a start reads few events, and does not depend on all of them. */
    private void markForNextStart() {
        try {
            markThrough();
        } catch (SQLException e) {
            LOG.warn(
                    "The next start takes longer, because the sessions of {} could not be written: {}",
                    file,
                    e.getMessage());
        }
    }

    private boolean mayClose() {
        boolean interrupted = Thread.interrupted(); // must not cut the waiting short
        try {
            return writing.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return writing.tryLock();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Something that may fail as SQL does. */
    private interface Attempt<T> {
        T run() throws SQLException;
    }

    private <T> T attempt(Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (SQLException e) {
            StoreException meaning = Sqlite.meaningOf(e, file);
            if (meaning instanceof StoreException.Damaged) {
                note(String.valueOf(e.getMessage()));
            }
            throw meaning;
        }
    }

    private void note(String found) {
        if (!found.equals(damage)) {
            damage = found;
            LOG.error("The store {} is damaged: {}. The rest of it is served", file, found);
        }
    }
}
