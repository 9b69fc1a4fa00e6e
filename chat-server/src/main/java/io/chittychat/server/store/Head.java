package io.chittychat.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The newest event of a log at some moment. A log that still has this event, with this digest, has all events that it
 * had then. The service keeps the head in a file beside the store, so that it notices at the start if the store has
 * lost its end.
 *
 * @param lamportTime the Lamport time of the newest event; 0 for a log without events
 * @param digest the digest of that event, and so of all events up to it
 */
public record Head(String epoch, long lamportTime, Digest digest) {

    private static final String SUFFIX = ".head";

    /** Parses what {@link #toString} returns; empty if it is something else. */
    public static Optional<Head> parse(String line) {
        String[] parts = line.strip().split("\\s+");
        if (parts.length != 3 || !parts[1].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Digest.parse(parts[2]).map(digest -> new Head(parts[0], Long.parseLong(parts[1]), digest));
    }

    /** Returns one line: epoch, Lamport time and digest. */
    @Override
    public String toString() {
        return epoch + " " + lamportTime + " " + digest;
    }

    /** Returns the file of a store's head. */
    static Path file(Path store) {
        return store.resolveSibling(store.getFileName() + SUFFIX);
    }

    /** Reads a store's head; empty if the file cannot be read. */
    static Optional<Head> kept(Path store) {
        try {
            return parse(Files.readString(file(store)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes this head to the file of a store's head. */
    void keep(Path store) throws IOException {
        Path file = file(store);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, this + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Finds heads in a log. */
    interface Finder {

        /** Returns a position after the newest event. */
        Chain end(Connection connection, LogRow log) throws SQLException;

        /** Reads the digest of an event; empty if there is no event at that Lamport time. */
        Optional<Digest> digest(Connection connection, long lamportTime) throws SQLException;
    }

    /** Describes what is missing in a log; empty if nothing is, or if the events up to this head were removed. */
    Optional<String> missingIn(Connection connection, LogRow log) throws SQLException {
        return missingIn(connection, log, LogReader.HEADS);
    }

    Optional<String> missingIn(Connection connection, LogRow log, Finder heads) throws SQLException {
        if (lamportTime < log.removedThrough()) {
            return Optional.empty();
        }
        long newest = heads.end(connection, log).lamportTime();
        if (lamportTime > newest) {
            return Optional.of(
                    "it had events up to Lamport time " + lamportTime + ", and now ends with event " + newest);
        }
        Optional<Digest> found = lamportTime == log.removedThrough()
                ? Optional.of(log.removedDigest())
                : heads.digest(connection, lamportTime);
        return found.equals(Optional.of(digest))
                ? Optional.empty()
                : Optional.of("event " + lamportTime + ", or an event before it, is not the one that it had");
    }
}
