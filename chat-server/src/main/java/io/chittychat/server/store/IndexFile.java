package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.text.SearchQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * The file of the search index: an inverted index from words to the Lamport times of messages. It does not contain the
 * messages themselves.
 *
 * <p>Threading: any thread may call {@link #find}; one thread at a time calls the other methods.
 *
 * @see <a href="https://www.sqlite.org/fts5.html">SQLite FTS5</a>
 */
final class IndexFile implements AutoCloseable {

    private final Sqlite sqlite;
    private final Connection writer;
    private final ReadConnections readers;

    private IndexFile(Sqlite sqlite) throws SQLException {
        this.sqlite = sqlite;
        this.writer = sqlite.connect();
        this.readers = new ReadConnections(sqlite);
    }

    /**
     * The result of a search.
     *
     * @param lamportTimes the Lamport times of the messages found, the newest first
     * @param indexedThrough the Lamport time up to which all messages are indexed
     */
    record Found(List<Long> lamportTimes, long indexedThrough) {}

    /** Opens an index; creates it if the file does not exist. */
    static IndexFile open(Path path, String epoch, UnaryOperator<Connection> connections) throws SQLException {
        IndexFile file = new IndexFile(new Sqlite(path, Durability.OS, connections));
        try (Statement statement = file.writer.createStatement()) {
            file.writer.setAutoCommit(false);
            IndexProgress.makeTable(statement);
            statement.execute("CREATE VIRTUAL TABLE IF NOT EXISTS message USING fts5(words, content='',"
                    + " contentless_delete=1, tokenize='ascii')");
            // Larger segments, merged later: indexing takes a third less work, but a search reads more segments.
            for (String option : List.of("'hashsize', 8388608", "'automerge', 8", "'crisismerge', 32")) {
                statement.execute("INSERT INTO message (message, rank) VALUES (" + option + ")");
            }
            IndexProgress.none(epoch).write(file.writer, false);
            file.writer.commit();
            return file;
        } catch (SQLException e) {
            file.close();
            throw e;
        }
    }

    IndexProgress progress() throws SQLException {
        return readers.read(IndexProgress::read);
    }

    /**
     * Adds the words of messages, in one transaction: the larger, the cheaper. It reads them page by page, because what a
     * transaction keeps in memory grows old.
     *
     * @param pageAfter reads the next events after a Lamport time; an empty list ends the transaction
     * @param most no further page is read after this number of events
     * @return the number of events
     */
    int add(LongFunction<List<Event>> pageAfter, int most) throws SQLException {
        IndexProgress progress = progress();
        int added = 0;
        try (PreparedStatement insert = writer.prepareStatement("INSERT INTO message (rowid, words) VALUES (?, ?)")) {
            List<Event> page = pageAfter.apply(progress.lamportTime());
            while (!page.isEmpty()) {
                add(page, insert);
                added += page.size();
                progress = progress.upTo(page.get(page.size() - 1));
                page = added < most ? pageAfter.apply(progress.lamportTime()) : List.of();
            }
            if (added > 0) {
                progress.write(writer, true);
            }
            writer.commit();
            return added;
        } catch (SQLException | RuntimeException e) { // a RuntimeException if the log cannot be read
            rollBack(e);
            throw e;
        }
    }

    private static void add(List<Event> events, PreparedStatement insert) throws SQLException {
        for (Event event : events) {
            if (event instanceof Event.Published) {
                insert.setLong(1, event.header().lamportTime());
                insert.setString(2, String.join(" ", IndexedWords.of(event.text())));
                insert.addBatch();
            }
        }
        insert.executeBatch();
    }

    /**
     * Removes at most {@code limit} of the oldest messages.
     *
     * @param through the Lamport time of the last message to remove
     * @return whether there are more
     */
    boolean remove(long through, int limit) throws SQLException {
        try (PreparedStatement find = writer.prepareStatement(
                        "SELECT rowid FROM message WHERE rowid <= ? ORDER BY rowid LIMIT 1 OFFSET ?");
                PreparedStatement delete = writer.prepareStatement("DELETE FROM message WHERE rowid <= ?")) {
            find.setLong(1, through);
            find.setInt(2, limit - 1);
            boolean more;
            try (ResultSet row = find.executeQuery()) {
                more = row.next();
                delete.setLong(1, more ? row.getLong(1) : through);
            }
            delete.executeUpdate();
            writer.commit();
            return more;
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Exception cause) {
        try {
            Sqlite.rollBack(writer);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Finds messages.
     *
     * @param after only messages after this Lamport time
     * @param before only messages before this Lamport time
     */
    Found find(SearchQuery query, long after, long before, int limit) throws SQLException {
        return readers.read(connection -> {
            List<Long> times = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement("SELECT rowid FROM message"
                    + " WHERE message MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT ?")) {
                statement.setString(1, IndexedWords.match(query));
                statement.setLong(2, after);
                statement.setLong(3, before);
                statement.setInt(4, limit);
                try (ResultSet row = statement.executeQuery()) {
                    long last = before;
                    while (row.next()) {
                        times.add(earlier(row.getLong(1), after, last));
                        last = times.get(times.size() - 1);
                    }
                }
            }
            return new Found(times, IndexProgress.read(connection).lamportTime());
        });
    }

    /**
     * Checks that a message comes before the last one. SQLite does not detect every damage; without this check, a
     * reader could receive a message twice, or pages without end.
     */
    private static long earlier(long time, long after, long before) throws SQLException {
        if (time <= after || time >= before) {
            throw new SQLException("a message at " + time + " is not between " + after + " and " + before);
        }
        return time;
    }

    /** Begins to compare the index, as it is now, with the log. */
    IndexCheck check() throws SQLException {
        return new IndexCheck(sqlite.connect());
    }

    @Override
    public void close() throws SQLException {
        readers.close();
        writer.close();
    }
}
