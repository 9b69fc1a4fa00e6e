package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Follows the chain of digests from event to event: whether each is what was recorded, and comes after the one that it was recorded
 * after.
 *
 * <p>Threading: one thread at a time.
 */
final class Chain {

    private final Digester digester = new Digester();
    private long lamportTime;
    private Digest head;

    /** Begins after an event. */
    Chain(long lamportTime, Digest digest) {
        this.lamportTime = lamportTime;
        this.head = digest;
    }

    /** Begins before the oldest event that is kept. */
    static Chain begin(LogRow log) {
        return new Chain(log.removedThrough(), log.removedDigest());
    }

    /**
     * Begins after an event, or before the oldest event that is kept.
     *
     * @throws DamageException if the event is missing
     */
    static Chain after(Connection connection, LogRow log, long lamportTime) throws SQLException {
        if (lamportTime <= log.removedThrough()) {
            return begin(log);
        }
        try (PreparedStatement find = connection.prepareStatement("SELECT digest FROM event WHERE lamport_time = ?")) {
            find.setLong(1, lamportTime);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    throw DamageException.ofEvent(lamportTime, "is missing");
                }
                return new Chain(lamportTime, Columns.digest(row.getBytes(1), "event " + lamportTime));
            }
        }
    }

    /** Begins after the newest event. */
    static Chain end(Connection connection, LogRow log) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT lamport_time, digest FROM event ORDER BY lamport_time DESC LIMIT 1")) {
            return row.next()
                    ? new Chain(row.getLong(1), Columns.digest(row.getBytes(2), "event " + row.getLong(1)))
                    : begin(log);
        }
    }

    /** Lamport time of the newest event so far. */
    long lamportTime() {
        return lamportTime;
    }

    /** The digest of the newest event so far. */
    Digest head() {
        return head;
    }

    /** Goes back to an event. */
    void backTo(long time, Digest digest) {
        lamportTime = time;
        head = digest;
    }

    /** Goes on to an event that is being recorded. Returns its digest. */
    Digest append(StoredEvent event) {
        head = event.digest(head, digester);
        lamportTime = event.lamportTime();
        return head;
    }

    /**
     * Goes on to an event that was recorded.
     *
     * @param recorded the digest that was recorded with it
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
