package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A few connections for readers. Each reading is one transaction and so sees one state of the log.
 *
 * <p>Threading: any thread; more readers than connections open some more for the moment.
 */
final class ReadConnections implements AutoCloseable {

    private static final int KEPT = 4;

    private final Sqlite sqlite;
    private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(KEPT);
    private volatile boolean closed;

    ReadConnections(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** What is done with a connection. */
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
            connection.commit(); // lets go of the state that was read
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
