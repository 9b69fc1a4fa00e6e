package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.RoomState;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable log: the events, and the sessions with their recent publishes. It is one SQLite file in WAL mode.
 *
 * <p>Threading: the room thread calls {@link #append}; before it runs, the starting thread may. One background thread
 * calls {@link #checkpoint}, {@link #remove} and {@link #count}. Any thread may call the other methods, which may wait
 * for the disk unless they say otherwise.
 *
 * @see <a href="https://www.sqlite.org/wal.html">SQLite, Write-Ahead Logging</a>
 */
public final class EventStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStore.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path file;
    private final StoreLock lock;
    private final LogWriter writer;
    private final ReadConnections readers;
    private final Upkeep upkeep;
    private final ReentrantLock writing = new ReentrantLock(); // held while a batch is written
    private final String epoch;
    private long recordedLamportTime; // the room thread's
    private volatile Head head; // the room thread writes it
    private volatile @Nullable String damage;
    private volatile boolean isLocked;

    private EventStore(Path file, StoreLock lock, Sqlite sqlite) throws SQLException {
        this.file = file;
        this.lock = lock;
        this.readers = new ReadConnections(sqlite);
        LogRow log = readers.read(LogRow::read);
        this.writer = new LogWriter(sqlite.connect(), readers.read(connection -> Chain.end(connection, log)));
        this.epoch = log.epoch();
        this.recordedLamportTime = Math.max(log.lamportTime(), writer.newestEvent());
        this.head = writtenHead();
        long oldest = readers.read(connection -> LogReader.oldest(connection, log));
        this.upkeep = new Upkeep(file, sqlite, writing, () -> head, log.removedThrough(), oldest);
    }

    /**
     * Opens a store; creates it if the file does not exist.
     *
     * @throws StoreException.InUse if another server has the store open
     * @throws StoreException.Damaged if the file does not contain what was written
     */
    public static EventStore open(Path file, Durability durability) {
        return open(file, durability, UnaryOperator.identity());
    }

    static EventStore open(Path file, Durability durability, UnaryOperator<Connection> connections) {
        return open(file, durability, connections, Replica::checkIsNone);
    }

    /**
     * Opens the store of a node of several; creates it if the file does not exist.
     *
     * @param epoch the identity of the log that the nodes share
     * @param node the id of the node if the store is new
     * @throws StoreException if the store does not belong to that log
     */
    public static EventStore openReplica(Path file, Durability durability, String epoch, long node) {
        return open(
                file,
                durability,
                UnaryOperator.identity(),
                (connection, absolute) -> Replica.prepare(connection, absolute, epoch, node));
    }

    /** Checks, or prepares, a store for its use. */
    private interface Preparation {
        void prepare(Connection connection, Path file) throws SQLException;
    }

    private static EventStore open(
            Path file, Durability durability, UnaryOperator<Connection> connections, Preparation preparation) {
        Path absolute = file.toAbsolutePath();
        StoreLock lock = StoreLock.take(absolute);
        try {
            TailCheck.checkFile(absolute);
            Sqlite sqlite = new Sqlite(absolute, durability, connections);
            Sqlite.checkVersion();
            boolean isChecked = TailCheck.checkUnwritten(absolute);
            Schema.migrate(sqlite, absolute);
            if (!isChecked) {
                try (ReadConnections readers = new ReadConnections(sqlite)) {
                    TailCheck.check(readers, absolute);
                }
            }
            try (Connection connection = sqlite.connect()) {
                connection.setAutoCommit(false);
                preparation.prepare(connection, absolute);
                connection.commit();
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

    /** Returns the store's file. */
    public Path file() {
        return file;
    }

    /** Returns the log's identity; a new log gets another one. */
    public String epoch() {
        return epoch;
    }

    /**
     * Records a batch as a whole. When this method returns, the batch is as durable as the settings demand.
     *
     * @param joins the results of the joins in the batch that made a session: one for each joined event, in order
     * @param lamportTime the room's Lamport time after the batch
     * @throws StoreException.Full if the disk is full; nothing is recorded
     * @throws StoreException.Busy if another program holds the store's lock for too long; nothing is recorded
     * @throws StoreException if it is unknown whether the batch is recorded
     */
    public void append(List<Event> events, List<Result.Joined> joins, long lamportTime) {
        if (events.isEmpty() && lamportTime == recordedLamportTime) {
            return; // only repeats and refusals: there is nothing to record
        }
        record(events, joins, lamportTime, LogWriter.Addition.NONE);
    }

    /**
     * The same for a node of several, which records its place in the shared log, too, even if there are no events.
     *
     * @param node the node's id, from {@link #replica}
     */
    public void append(
            List<Event> events, List<Result.Joined> joins, long lamportTime, long node, Replica.Change change) {
        record(events, joins, lamportTime, connection -> Replica.write(connection, node, change));
    }

    private void record(List<Event> events, List<Result.Joined> joins, long lamportTime, LogWriter.Addition addition) {
        writing.lock();
        try {
            writer.write(events, joins, lamportTime, addition);
            isLocked = false;
            recordedLamportTime = lamportTime;
            head = writtenHead();
            upkeep.appended(events);
        } catch (SQLException e) {
            StoreException meaning = Sqlite.meaningOf(e, file);
            isLocked = meaning instanceof StoreException.Busy;
            throw meaning;
        } finally {
            writing.unlock();
        }
    }

    private Head writtenHead() {
        return new Head(epoch, writer.newestEvent(), writer.head());
    }

    /** Returns the newest event. Does not block. */
    public Head head() {
        return head;
    }

    /** Returns the digest of an event, in hexadecimal digits; empty if there is no event at that Lamport time any more. */
    public Optional<String> digestAt(long lamportTime) {
        return attempt(() -> readers.read(connection -> LogReader.HEADS.digest(connection, lamportTime)))
                .map(Digest::toString);
    }

    /** Reads the part that a node of several has. */
    public Replica replica() {
        return attempt(() -> readers.read(Replica::read));
    }

    /** Reads the room as it was after the newest batch. */
    public RoomState recorded() {
        return attempt(() -> readers.read(LogReader::state));
    }

    /** Returns the damage that was found last, for the operator; empty if none was found. Does not block. */
    public Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    /** Returns the Lamport time up to which events were removed. Does not block. */
    public long removedThrough() {
        return upkeep.removedThrough();
    }

    /** Returns the Lamport time of the oldest event; empty if there is none, or while it is unknown. Does not block. */
    public OptionalLong oldest() {
        long time = upkeep.oldest();
        return time == 0 ? OptionalLong.empty() : OptionalLong.of(time);
    }

    /**
     * A page of events.
     *
     * @param events the events, in order
     * @param removedThrough the Lamport time up to which events had been removed when the page was read; events are
     *     missing before the page if the cursor is smaller
     */
    public record Page(List<Event> events, long removedThrough) {}

    /**
     * Reads at most {@code limit} events after a Lamport time; the page ends before a damaged event.
     *
     * @throws StoreException.Damaged if the first event is damaged
     */
    public Page page(long after, int limit) {
        return attempt(() -> readers.read(connection -> {
            LogRow log = LogRow.read(connection);
            return new Page(LogReader.events(connection, log, after, limit), log.removedThrough());
        }));
    }

    /** Reads at most {@code limit} events before a Lamport time, the newest first. */
    public List<Event> before(long lamportTime, int limit) {
        return attempt(() -> readers.read(connection -> LogReader.before(connection, lamportTime, limit)));
    }

    /** Reads the events at some Lamport times, in the same order; leaves out those that were removed. */
    List<Event> at(List<Long> lamportTimes) {
        return attempt(() -> readers.read(connection -> LogReader.at(connection, lamportTimes)));
    }

    /**
     * Copies the write-ahead log to the main file, without making the room thread wait, and moves the mark if it is far
     * behind.
     */
    public void checkpoint() {
        attempt(() -> {
            isLocked = isLocked && !upkeep.canLock();
            upkeep.checkpoint();
            return true;
        });
    }

    /** Whether another program held the store's lock the last time that it was needed. Does not block. */
    public boolean isLocked() {
        return isLocked;
    }

    /** Whether a reader that does not end makes the write-ahead log grow. Does not block. */
    public boolean isWalHeld() {
        return upkeep.isWalHeld();
    }

    /** Moves the mark to the newest event: brings the session table up to date. */
    void mark() {
        attempt(() -> {
            upkeep.mark();
            return true;
        });
    }

    /**
     * Removes the oldest pages of events that are too old or too many. A page is removed as a whole.
     *
     * @param recordedBefore events that were recorded before this time are too old
     * @param maxEvents the most events that are kept, without a last page that has some of them; empty for all
     * @param limit the most events that one call removes, unless the oldest page alone has more
     * @return the number of events that it removed
     */
    public int remove(Instant recordedBefore, OptionalLong maxEvents, int limit) {
        return attempt(() -> upkeep.remove(recordedBefore, maxEvents, limit));
    }

    /** Returns the number of events. Some that are recorded while it counts, every ten minutes, may be left out. */
    public long count() {
        return attempt(upkeep::count);
    }

    /**
     * Closes the store after the batch that is being written. If the disk hangs, the store stays open: the process is
     * about to end, and the next start rolls back what was not committed.
     *
     * @throws StoreException if a batch is still being written after five seconds, or if closing fails
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
            writer.close(); // closing the last connection syncs everything, and removes the write-ahead log
            upkeep.closed(head);
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, file);
        } finally {
            lock.close();
        }
    }

    private boolean mayClose() {
        boolean interrupted = Thread.interrupted(); // an interrupt must not shorten the wait
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

    /** An operation that may throw {@link SQLException}. */
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
