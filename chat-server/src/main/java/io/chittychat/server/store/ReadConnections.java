package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A pool of connections for reading. Each reading is one transaction, and so sees one state of the log.
 *
 * <p>Threading: any thread. If all connections are in use, a reading opens another one, and closes it afterwards.
 */
final class ReadConnections implements AutoCloseable {

    private static final int KEPT = 4;

    private final Sqlite sqlite;
    private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(KEPT);
    private volatile boolean closed;

    ReadConnections(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** The work of one reading. */
    interface Reading<T> {
        T read(Connection connection) throws SQLException;
    }

    <T> T read(Reading<T> reading) throws SQLException {
        Connection connection = idle.poll();
        if (connection == null) {
            connection = sqlite.connect();
            connection.setAutoCommit(false);
        }
        boolean usable = false;
        try {
            T result = reading.read(connection);
            connection.commit(); // ends the transaction, so that a checkpoint need not keep its state
            usable = true;
            return result;
        } finally {
            if (!usable || closed || !idle.offer(connection)) {
                connection.close();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
