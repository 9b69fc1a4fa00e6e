package io.chittychat.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a log contained at a moment, in one line: a log that still has the event at that Lamport time, with that digest, has
 * everything that it had then. The service keeps such a line in a file beside the store, so that a store is noticed that has lost
 * its end.
 *
 * @param lamportTime of the newest event; 0 for a log without events
 * @param digest of that event and everything before it
 */
public record Head(String epoch, long lamportTime, Digest digest) {

    private static final String SUFFIX = ".head";

    /** The line that {@link #toString} wrote; empty if it is not one. */
    public static Optional<Head> parse(String line) {
        String[] parts = line.strip().split("\\s+");
        if (parts.length != 3 || !parts[1].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Digest.parse(parts[2]).map(digest -> new Head(parts[0], Long.parseLong(parts[1]), digest));
    }

    @Override
    public String toString() {
        return epoch + " " + lamportTime + " " + digest;
    }

    /** The file in which a store's head is kept. */
    static Path file(Path store) {
        return store.resolveSibling(store.getFileName() + SUFFIX);
    }

    /** The head that was kept, if there is a file that can be read. */
    static Optional<Head> kept(Path store) {
        try {
            return parse(Files.readString(file(store)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Replaces the file. */
    void keep(Path store) throws IOException {
        Path file = file(store);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, this + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a log lacks of what it had; empty if it has all of it, or if it is not kept any more. */
    Optional<String> missingIn(Connection connection, LogRow log) throws SQLException {
        if (lamportTime < log.removedThrough()) {
            return Optional.empty();
        }
        long newest = Chain.end(connection, log).lamportTime();
        if (lamportTime > newest) {
            return Optional.of(
                    "it had events up to Lamport time " + lamportTime + ", and now ends with event " + newest);
        }
        return digestAt(connection, log).equals(Optional.of(digest))
                ? Optional.empty()
                : Optional.of("event " + lamportTime + " is not the one that it had, or one before it is not");
    }

    private Optional<Digest> digestAt(Connection connection, LogRow log) throws SQLException {
        if (lamportTime == log.removedThrough()) {
            return Optional.of(log.removedDigest());
        }
        try (PreparedStatement find = connection.prepareStatement("SELECT digest FROM event WHERE lamport_time = ?")) {
            find.setLong(1, lamportTime);
            try (ResultSet row = find.executeQuery()) {
                return row.next()
                        ? Optional.of(Columns.digest(row.getBytes(1), "event " + lamportTime))
                        : Optional.empty();
            }
        }
    }
}
