package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares a search index with the log. It adds up a number for each place of a word in a message, once for the messages
 * of the log, and once for the index, where it looks up each word as a search does. A sum needs no order and no memory,
 * and a wrong, additional or missing place changes it.
 *
 * <p>The index may change meanwhile: a check reads one state of it.
 *
 * <p>Threading: one thread at a time; any thread may call {@link #cancel}.
 *
 * @see <a href="https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module">SQLite FTS5, fts5vocab</a>
 */
final class IndexCheck implements AutoCloseable {

    /** The number of a place of one word: of a Lamport time and a position. */
    private static final String NUMBER =
            "place.doc % 2147483647 * 40503 % 2147483647 * (place.offset + 1) % 2147483647";

    private final Connection connection; // in a transaction
    private final Statement statement;
    private final IndexProgress progress;
    private long removedThrough; // Lamport time
    private long readThrough; // Lamport time
    private long ofLog;
    private long ofIndex;
    private @Nullable ResultSet words;

    /**
     * Begins the check of an index.
     *
     * @param connection to the index; the check closes it
     */
    IndexCheck(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
        try {
            statement.execute("PRAGMA temp_store = MEMORY");
            connection.setAutoCommit(false);
            this.progress = IndexProgress.read(connection); // begins the transaction
            statement.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, 'message', 'row')");
            statement.execute("CREATE VIRTUAL TABLE temp.place USING fts5vocab(main, 'message', 'instance')");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Returns the progress of the index that is checked. */
    IndexProgress progress() {
        return progress;
    }

    /** Ignores messages up to a Lamport time, because the log has removed them. */
    void beginAfter(long lamportTime) {
        removedThrough = lamportTime;
        readThrough = lamportTime;
    }

    /** Returns the Lamport time up to which the log was added. */
    long readThrough() {
        return readThrough;
    }

    /** Whether the log was added as far as it is indexed. */
    boolean hasLog() {
        return readThrough >= progress.lamportTime();
    }

    /** Adds the next event of the log; ignores it if it is not indexed yet. */
    void add(Event event) {
        long time = event.header().lamportTime();
        readThrough = Math.min(time, progress.lamportTime());
        if (event instanceof Event.Published && time <= progress.lamportTime()) {
            List<String> all = IndexedWords.of(event.text());
            for (int offset = 0; offset < all.size(); offset++) {
                ofLog += hash(all.get(offset)) * number(time, offset);
            }
        }
    }

    /** As {@link #NUMBER}. */
    private static long number(long doc, long offset) {
        return doc % 2147483647 * 40503 % 2147483647 * (offset + 1) % 2147483647;
    }

    private static long hash(String word) {
        long hash = 0;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 29;
        }
        return hash | 1; // an odd factor loses no bit
    }

    /**
     * Compares the next words of the index, after all events of the log were added.
     *
     * @param limit the most words to compare
     * @return whether there are more
     * @throws SQLException if the index differs from the log, or cannot be read
     */
    boolean compare(int limit) throws SQLException {
        if (words == null) {
            checkFile();
            PreparedStatement all = connection.prepareStatement("SELECT word.term, sum(" + NUMBER + ") FROM temp.word"
                    + " CROSS JOIN temp.place ON place.term = word.term WHERE place.doc > ? GROUP BY word.term");
            all.setLong(1, removedThrough);
            words = all.executeQuery();
        }
        for (int compared = 0; compared < limit; compared++) {
            if (!words.next()) {
                if (ofIndex != ofLog) {
                    throw new SQLException("its words are not those of the log");
                }
                return false;
            }
            ofIndex += hash(words.getString(1)) * words.getLong(2);
        }
        return true;
    }

    /** Checks what a search needs besides the words: how the file finds them. */
    private void checkFile() throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA main.quick_check(1)")) {
            if (row.next() && !row.getString(1).equals("ok")) {
                throw new SQLException(row.getString(1));
            }
        }
    }

    /** Ends what another thread is checking with an error. */
    void cancel() throws SQLException {
        statement.cancel();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
