package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.text.SearchQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages by their words. The index lies in a file of its own beside the store, so that the room never waits for
 * it, and it follows the log: it says how far it has come. It is derived, so that one that is missing, damaged or of
 * another log is simply made anew.
 *
 * <p>Threading: any thread may {@link #find}, which may block on the disk; {@link #advance} and {@link #close} are for one
 * thread in the background.
 */
public final class SearchIndex implements AutoCloseable {

    private static final int CHUNK = 20_000; // events in one transaction
    private static final long SPARED = 64 << 20; // bytes: the last of the disk is the log's

    private static final Set<Integer> PASSING = Set.of(5, 7, 13, 14); // busy, no memory, disk full, too many open files

    private final EventStore log;
    private final Path path;
    private final UnaryOperator<Connection> connections;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(); // to write is to change the file itself
    private @Nullable IndexFile file; // guarded by lock
    private volatile @Nullable SQLException damage;
    private long removedThrough; // the background thread's
    private volatile long indexedThrough; // written by the background thread

    /** An index of a log; nothing is opened before {@link #advance}. */
    public SearchIndex(EventStore log) {
        this(log, UnaryOperator.identity());
    }

    SearchIndex(EventStore log, UnaryOperator<Connection> connections) {
        this.log = log;
        this.path = log.file().resolveSibling(log.file().getFileName() + ".search");
        this.connections = connections;
    }

    /**
     * What the index knows.
     *
     * @param events messages that were found, the newest first
     * @param indexedThrough up to which Lamport time the index knows everything
     * @param continueBefore before which Lamport time there may be more; 0 if there are none
     */
    public record Found(List<Event> events, long indexedThrough, long continueBefore) {
        static final Found NOTHING = new Found(List.of(), 0, 0);
    }

    /**
     * Finds messages that are still kept. An index that cannot be read knows nothing, and is going to be made anew.
     *
     * @param query not empty
     * @param before only messages before this Lamport time
     * @param limit at most so many
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
                .filter(event -> query.matches(event.text())) // the index proposes, the log decides
                .toList();
        return new Found(events, found.indexedThrough(), times.size() < limit ? 0 : times.get(times.size() - 1));
    }

    /**
     * Follows the log by a step.
     *
     * @return whether there is more to do
     * @throws StoreException if the index could not be read or written; the next step goes on, or begins anew
     */
    public boolean advance() {
        try {
            if (damage != null) {
                throw damage;
            }
            return log.file().toFile().getUsableSpace() >= SPARED && advance(opened());
        } catch (SQLException e) {
            if (PASSING.contains(e.getErrorCode() & 0xff)) {
                throw new StoreException("the search index " + path + " failed: " + e.getMessage(), e);
            }
            discard();
            throw new StoreException("the search index " + path + " is made anew: " + e.getMessage(), e);
        }
    }

    private boolean advance(IndexFile index) throws SQLException {
        IndexProgress progress = index.progress();
        List<Event> events = log.page(progress.lamportTime(), CHUNK).events();
        if (!events.isEmpty()) {
            index.add(events, progress.upTo(events.get(events.size() - 1)));
        }
        indexedThrough = events.isEmpty()
                ? progress.lamportTime()
                : events.get(events.size() - 1).header().lamportTime();
        return removeOld(index) || events.size() == CHUNK;
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

    /** Lamport time up to which everything is indexed. Any thread may ask. */
    public long indexedThrough() {
        return indexedThrough;
    }

    /** Ends the use of the file. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
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
