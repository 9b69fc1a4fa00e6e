package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A position in the chain of digests. It moves from event to event, and checks that each event, and the event before
 * it, is the one that was recorded.
 *
 * <p>Threading: one thread at a time.
 */
final class Chain {

    private long lamportTime;
    private Digest head;

    /** Creates a position after an event. */
    Chain(long lamportTime, Digest digest) {
        this.lamportTime = lamportTime;
        this.head = digest;
    }

    /** Creates a position before the oldest event that is kept. */
    static Chain begin(LogRow log) {
        return new Chain(log.removedThrough(), log.removedDigest());
    }

    /**
     * Creates a position after an event; if that event was removed, before the oldest event that is kept.
     *
     * @throws DamageException if the event is missing
     */
    static Chain after(Connection connection, LogRow log, long lamportTime) throws SQLException {
        if (lamportTime <= log.removedThrough()) {
            return begin(log);
        }
        return new Chain(
                lamportTime,
                digestOf(connection, lamportTime)
                        .orElseThrow(() -> DamageException.ofEvent(lamportTime, "is missing")));
    }

    /** Reads the digest of an event; empty if there is no event at that Lamport time. */
    static Optional<Digest> digestOf(Connection connection, long lamportTime) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement("SELECT digest FROM event WHERE lamport_time = ?")) {
            find.setLong(1, lamportTime);
            try (ResultSet row = find.executeQuery()) {
                return row.next()
                        ? Optional.of(Columns.digest(row.getBytes(1), "event " + lamportTime))
                        : Optional.empty();
            }
        }
    }

    /** Creates a position after the newest event. */
    static Chain end(Connection connection, LogRow log) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT lamport_time, digest FROM event ORDER BY lamport_time DESC LIMIT 1")) {
            return row.next()
                    ? new Chain(row.getLong(1), Columns.digest(row.getBytes(2), "event " + row.getLong(1)))
                    : begin(log);
        }
    }

    /** Returns the Lamport time of the event before this position. */
    long lamportTime() {
        return lamportTime;
    }

    /** Returns the digest of the event before this position. */
    Digest head() {
        return head;
    }

    /** Moves to a position after another event. */
    void moveTo(long time, Digest digest) {
        lamportTime = time;
        head = digest;
    }

    /** Moves past an event that is about to be recorded, and returns its digest. */
    Digest append(StoredEvent event) {
        head = event.digest(head);
        lamportTime = event.lamportTime();
        return head;
    }

    /**
     * Moves past an event that was read.
     *
     * @param recorded the digest that was read with it
     * @throws DamageException if the event, or its digest, is not what was recorded
     */
    void check(StoredEvent event, Digest recorded) throws DamageException {
        long previous = event.event().header().previousLamportTime();
        if (previous != lamportTime) {
            throw previous > lamportTime
                    ? DamageException.ofEvent(previous, "is missing")
                    : DamageException.ofEvent(
                            event.lamportTime(),
                            "says that it comes after event " + previous + ", but it comes after " + lamportTime);
        }
        if (!append(event).equals(recorded)) {
            throw DamageException.ofEvent(event.lamportTime(), "is not what was recorded: its digest does not fit");
        }
    }
}
