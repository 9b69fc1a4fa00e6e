package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The search index that is kept beside a store, for the check of the store. An index of another log, or of another
 * version, counts as none: the service does not use it, and rebuilds it.
 *
 * <p>Threading: one thread.
 */
final class KeptIndex implements AutoCloseable {

    private final Path file;
    private final @Nullable IndexCheck check; // null if there is no index, or if it cannot be read
    private final Optional<String> unreadable;
    private String epoch = "";
    private boolean hasLast; // the log has the newest event that is indexed, or has removed it

    private KeptIndex(Path file, @Nullable IndexCheck check, Optional<String> unreadable) {
        this.file = file;
        this.check = check;
        this.unreadable = unreadable;
    }

    static KeptIndex of(Path store) {
        Path file = SearchIndex.file(store.toAbsolutePath());
        if (file.toFile().length() == 0) { // or there is none
            return new KeptIndex(file, null, Optional.empty());
        }
        try {
            return new KeptIndex(file, new IndexCheck(Sqlite.readOnly(file).connect()), Optional.empty());
        } catch (SQLException e) {
            return new KeptIndex(file, null, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    void begin(LogRow log) {
        epoch = log.epoch();
        if (check != null) {
            check.beginAfter(log.removedThrough());
            hasLast = check.hasLog();
        }
    }

    void add(Event event) {
        if (check != null && !check.hasLog()) {
            check.add(event);
            hasLast = check.progress().equals(check.progress().upTo(event));
        }
    }

    /** Describes how the index differs from the log, after all events were added; empty if it does not. */
    Optional<String> problem() {
        Optional<String> difference = unreadable;
        if (check != null && hasLast && check.progress().isOf(epoch)) {
            difference = difference(check);
        }
        return difference.map(what -> "the search index " + file + " is damaged: " + what
                + ". Searches may miss messages, until a running service finds that, too, and rebuilds the index");
    }

    private static Optional<String> difference(IndexCheck check) {
        try {
            check.compare(Integer.MAX_VALUE);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws SQLException {
        if (check != null) {
            check.close();
        }
    }
}
