package io.chittychat.server.store;

import io.chittychat.server.room.SessionId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row of the table page: consecutive events that were written in one transaction. */
final class PageRow {

    /** The most events of a page. A page is read as a whole, and old events are removed by pages. */
    static final int EVENTS = 128;

    /** The columns that {@link #of} reads, in its order. */
    static final String COLUMNS = "through, digests, events";

    /** An SQL expression: the number of a page's events. SQLite knows a blob's length without reading it. */
    static final String COUNT = "length(digests) / 32";

    private static final int ENTRY = 2 * Digest.BYTES; // of the column digests: session id and digest

    private final long through;
    private final byte[] digests;
    private final byte[] events;

    /**
     * @param through the Lamport time of the newest event
     * @param digests session id and digest of each event
     * @param events the rest of each event, in JSON
     */
    PageRow(long through, byte[] digests, byte[] events) {
        this.through = through;
        this.digests = digests;
        this.events = events;
    }

    static PageRow of(ResultSet row) throws SQLException {
        return new PageRow(row.getLong(1), bytes(row.getBytes(2)), bytes(row.getBytes(3)));
    }

    private static byte[] bytes(byte @Nullable [] column) {
        return column == null ? new byte[0] : column;
    }

    /** Prepares the statement for {@link #addTo}, which inserts pages. */
    static PreparedStatement prepareInsert(Connection connection) throws SQLException {
        return connection.prepareStatement("INSERT INTO page (" + COLUMNS + ") VALUES (?, ?, CAST(? AS TEXT))");
    }

    /** Adds the page to the statement's batch. The driver closes a statement that fails, unless it is a batch. */
    void addTo(PreparedStatement statement) throws SQLException {
        statement.setLong(1, through);
        statement.setBytes(2, digests);
        statement.setBytes(3, events);
        statement.addBatch();
    }

    /** Returns the Lamport time of the newest event. */
    long through() {
        return through;
    }

    /** Returns the number of events. */
    int count() {
        return digests.length / ENTRY;
    }

    /** Returns the size of both columns, in bytes. */
    int size() {
        return digests.length + events.length;
    }

    /** Returns the events in JSON. */
    byte[] events() {
        return events;
    }

    /** @param index of an event; less than {@link #count} */
    SessionId session(int index) {
        ByteBuffer buffer = ByteBuffer.wrap(digests);
        return new SessionId(buffer.getLong(ENTRY * index), buffer.getLong(ENTRY * index + Long.BYTES));
    }

    /** @param index of an event; less than {@link #count} */
    Digest digest(int index) {
        ByteBuffer buffer = ByteBuffer.wrap(digests, ENTRY * index + Digest.BYTES, Digest.BYTES);
        return new Digest(buffer.getLong(), buffer.getLong());
    }

    /** Returns the digest of the newest event; what is missing of it is zero. */
    Digest lastDigest() {
        return Digest.of(Arrays.copyOfRange(
                digests, Math.max(0, digests.length - Digest.BYTES), Math.max(digests.length, Digest.BYTES)));
    }
}
