package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A position in the chain of digests. It moves from event to event, and checks that each event, and the event before
 * it, is the one that was recorded.
 *
 * <p>Threading: one thread at a time.
 */
final class Chain {

    private static final String LAST = "SELECT through, substr(digests, -16) FROM page";

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
     * Creates a position after a page; if that page was removed, before the oldest event that is kept.
     *
     * @param through the Lamport time of the page's newest event
     * @throws DamageException if the page is missing
     */
    static Chain after(Connection connection, LogRow log, long through) throws SQLException {
        if (through <= log.removedThrough()) {
            return begin(log);
        }
        try (PreparedStatement find = connection.prepareStatement(LAST + " WHERE through = ?")) {
            find.setLong(1, through);
            return read(find).orElseThrow(() -> DamageException.ofEvent(through, "is missing"));
        }
    }

    /** Creates a position after the newest event. */
    static Chain end(Connection connection, LogRow log) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(LAST + " ORDER BY through DESC LIMIT 1")) {
            return read(find).orElseGet(() -> begin(log));
        }
    }

    private static Optional<Chain> read(PreparedStatement find) throws SQLException {
        try (ResultSet row = find.executeQuery()) {
            return row.next()
                    ? Optional.of(new Chain(row.getLong(1), Columns.digest(row.getBytes(2), "event " + row.getLong(1))))
                    : Optional.empty();
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
