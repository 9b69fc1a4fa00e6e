package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

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

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path file;
    private final StoreLock lock;
    private final Sqlite sqlite;
    private final LogWriter writer;
    private final ReadConnections readers;
    private final Upkeep upkeep;
    private final ReentrantLock writing = new ReentrantLock(); // held while a batch is written
    private final String epoch;
    private long recordedLamportTime; // the room thread's
    private volatile long removedThrough;
    private final AtomicLong oldest; // Lamport time of the oldest event; 0 while it is not known, or if there is none

    private EventStore(Path file, StoreLock lock, Sqlite sqlite) throws SQLException {
        this.file = file;
        this.lock = lock;
        this.sqlite = sqlite;
        this.writer = new LogWriter(sqlite.connect());
        this.readers = new ReadConnections(sqlite);
        this.upkeep = new Upkeep(sqlite);
        LogReader.LogRow log = readers.read(LogReader::log);
        this.epoch = log.epoch();
        this.removedThrough = log.removedThrough();
        this.recordedLamportTime = log.lamportTime();
        this.oldest = new AtomicLong(readers.read(LogReader::oldest));
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
            Sqlite sqlite = new Sqlite(absolute, durability, connections);
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
     * @throws StoreException.Full if there is no space; nothing is recorded, and {@link #recorded} must be called before
     *     the next batch
     * @throws StoreException if it is unknown what is recorded
     */
    public void append(List<Event> events, List<Result.Joined> joins, long lamportTime) {
        if (events.isEmpty() && lamportTime == recordedLamportTime) {
            return; // repeats and refusals leave nothing to record
        }
        writing.lock();
        try {
            writer.write(events, joins, lamportTime);
            recordedLamportTime = lamportTime;
            noteFirst(events);
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, file);
        } finally {
            writing.unlock();
        }
    }

    private void noteFirst(List<Event> events) {
        if (oldest.get() == 0 && !events.isEmpty()) {
            oldest.compareAndSet(0, events.get(0).header().lamportTime());
        }
    }

    /** What is recorded of the room. */
    public RoomState recorded() {
        return attempt(() -> readers.read(connection -> {
            Map<SessionId, Integer> slots = new HashMap<>();
            RoomState state = LogReader.state(connection, slots);
            writer.startFrom(slots);
            return state;
        }));
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

    /** Events after a Lamport time, at most so many. */
    public Page page(long after, int limit) {
        return attempt(() -> readers.read(connection -> new Page(
                LogReader.events(connection, after, limit),
                LogReader.log(connection).removedThrough())));
    }

    /** Events before a Lamport time, the newest first, at most so many. */
    public List<Event> before(long lamportTime, int limit) {
        return attempt(() -> readers.read(connection -> LogReader.before(connection, lamportTime, limit)));
    }

    /** Those of the events at some Lamport times that are (still) there, in the same order. */
    List<Event> at(List<Long> lamportTimes) {
        return attempt(() -> readers.read(connection -> LogReader.at(connection, lamportTimes)));
    }

    /** Moves what was written into the main file, without keeping anybody waiting. */
    public void checkpoint() {
        attempt(() -> {
            upkeep.checkpoint();
            return true;
        });
    }

    /**
     * Removes the oldest events that are neither young nor few enough, some of them at a time.
     *
     * @param recordedBefore events recorded before this are too old
     * @param maxEvents how many are kept at most; empty for all
     * @return whether some were removed, so that there may be more
     */
    public boolean remove(Instant recordedBefore, OptionalLong maxEvents) {
        return attempt(() -> {
            OptionalLong through = upkeep.remove(recordedBefore, maxEvents);
            if (through.isPresent()) {
                removedThrough = through.getAsLong();
                findOldest();
            }
            return through.isPresent();
        });
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
            upkeep.close();
            readers.close();
            writer.close();
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, file);
        } finally {
            lock.close();
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
            throw Sqlite.meaningOf(e, file);
        }
    }
}
