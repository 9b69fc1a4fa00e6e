package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.text.SearchQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages by their words. The index has a file of its own beside the store, so that the room never waits for it,
 * and it lags behind the log. If the file is missing, damaged or of another log, the index is rebuilt from the log. It is
 * compared with the log after each start, and once a day.
 *
 * <p>Threading: any thread may call {@link #find}, which may wait for the disk; one background thread calls
 * {@link #advance} and {@link #close}.
 */
public final class SearchIndex implements AutoCloseable {

    private static final int CHUNK = 20_000; // events; one transaction
    private static final int PAGE = 1_000; // events in memory
    private static final long CHECK_AGAIN = Duration.ofDays(1).toNanos();
    private static final long SPARED = 64 << 20; // bytes of free disk space that are left to the log

    private static final int INTERRUPTED = 9;
    private static final Set<Integer> PASSING = Set.of(5, 7, 13, 14); // busy, no memory, disk full, too many open files

    private final EventStore log;
    private final Path path;
    private final UnaryOperator<Connection> connections;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(); // for writing: opens, deletes, closes
    private @Nullable IndexFile file; // guarded by lock
    private volatile @Nullable SQLException damage;
    private long removedThrough; // Lamport time of the index; the background thread's
    private volatile long indexedThrough; // written by the background thread
    private volatile @Nullable IndexRound round; // the background thread writes it
    private long checkedAt = System.nanoTime() - CHECK_AGAIN; // the background thread's

    /** Creates an index of a log; {@link #advance} opens its file. */
    public SearchIndex(EventStore log) {
        this(log, UnaryOperator.identity());
    }

    SearchIndex(EventStore log, UnaryOperator<Connection> connections) {
        this.log = log;
        this.path = file(log.file());
        this.connections = connections;
    }

    /** Returns the file of a store's index. */
    static Path file(Path store) {
        return store.resolveSibling(store.getFileName() + ".search");
    }

    /**
     * The result of a search.
     *
     * @param events the messages found, the newest first
     * @param indexedThrough the Lamport time up to which all messages are indexed; 0 if the index cannot be read
     * @param continueBefore the Lamport time before which there may be more matches; 0 if there are no more
     */
    public record Found(List<Event> events, long indexedThrough, long continueBefore) {
        static final Found NOTHING = new Found(List.of(), 0, 0);
    }

    /**
     * Finds messages that are still kept. If the index cannot be read, it finds none, and {@link #advance} rebuilds the
     * index.
     *
     * @param query not empty
     * @param before only messages before this Lamport time
     * @param limit the most messages to return
     * @throws StoreException if the log cannot be read
     */
    public Found find(SearchQuery query, long before, int limit) {
        IndexFile.Found found;
        lock.readLock().lock();
        try {
            if (file == null || damage != null) {
                return Found.NOTHING;
            }
            found = file.find(query, log.removedThrough(), before, limit);
        } catch (SQLException e) {
            damage = PASSING.contains(e.getErrorCode() & 0xff) ? null : e;
            return Found.NOTHING;
        } finally {
            lock.readLock().unlock();
        }
        List<Long> times = found.lamportTimes();
        List<Event> events = log.at(times).stream()
                .filter(event -> query.matches(event.text())) // the index may be wrong, the log is not
                .toList();
        return new Found(events, found.indexedThrough(), times.size() < limit ? 0 : times.get(times.size() - 1));
    }

    /**
     * Indexes the next events of the log, removes messages that the log has removed, and checks a part of the index.
     *
     * @return whether there is more to do
     * @throws StoreException if the index cannot be read or written; the next call tries again, with a new index if it
     *     is damaged
     */
    public boolean advance() {
        try {
            if (damage != null) {
                throw damage;
            }
            if (log.file().toFile().getUsableSpace() < SPARED) {
                return false;
            }
            IndexFile index = opened();
            boolean more = advance(index);
            return check(index) || more;
        } catch (SQLException e) {
            if (e.getErrorCode() == INTERRUPTED) {
                return false;
            }
            if (PASSING.contains(e.getErrorCode() & 0xff)) {
                throw new StoreException("the search index " + path + " failed: " + e.getMessage(), e);
            }
            discard();
            throw new StoreException("the search index " + path + " is rebuilt: " + e.getMessage(), e);
        }
    }

    private boolean advance(IndexFile index) throws SQLException {
        int added = index.add(after -> log.page(after, PAGE).events(), CHUNK);
        indexedThrough = index.progress().lamportTime();
        return removeOld(index) || added >= CHUNK;
    }

    /** Checks a part of the index, if it is time to. */
    private boolean check(IndexFile index) throws SQLException {
        IndexRound current = round;
        if (current == null) {
            if (System.nanoTime() - checkedAt < CHECK_AGAIN) {
                return false;
            }
            current = new IndexRound(log, index.check());
            round = current;
        }
        IndexRound.State state = IndexRound.State.DONE; // also after a failure: what it told is not told again at once
        try {
            state = current.step();
        } finally {
            if (state != IndexRound.State.CONTINUES) {
                endRound();
            }
            if (state == IndexRound.State.DONE) {
                checkedAt = System.nanoTime();
            }
        }
        return state != IndexRound.State.DONE;
    }

    private void endRound() throws SQLException {
        IndexRound current = round;
        round = null;
        if (current != null) {
            current.close();
        }
    }

    /** Ends the check that the background thread may be doing, so that it need not be waited for. Any thread may call it. */
    public void cancelCheck() {
        IndexRound current = round;
        try {
            if (current != null) {
                current.cancel();
            }
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, path);
        }
    }

    private boolean removeOld(IndexFile index) throws SQLException {
        long through = log.removedThrough();
        boolean more = through > removedThrough && index.remove(through, CHUNK);
        if (!more) {
            removedThrough = through;
        }
        return more;
    }

    private IndexFile opened() throws SQLException {
        lock.writeLock().lock();
        try {
            if (file == null) {
                file = IndexFile.open(path, log.epoch(), connections);
                removedThrough = 0;
                if (!file.progress().isOf(log)) {
                    discard();
                    file = IndexFile.open(path, log.epoch(), connections);
                }
            }
            return file;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void discard() {
        lock.writeLock().lock();
        try {
            close();
            for (String end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + end));
            }
            damage = null;
        } catch (IOException e) {
            throw new StoreException("cannot delete the search index " + path + ": " + e, e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Returns the Lamport time up to which all messages are indexed. Any thread may call it. */
    public long indexedThrough() {
        return indexedThrough;
    }

    /** Closes the file. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            endRound();
            if (file != null) {
                file.close();
            }
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, path);
        } finally {
            file = null;
            lock.writeLock().unlock();
        }
    }
}
