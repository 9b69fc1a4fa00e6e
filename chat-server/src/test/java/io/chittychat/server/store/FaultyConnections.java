package io.chittychat.server.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Connections that fail on demand, and then are in the state in which SQLite would leave them: that of the writer of batches,
 * and those in the background.
 */
public final class FaultyConnections implements UnaryOperator<Connection> {

    private final AtomicInteger commits = new AtomicInteger();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Fault> faultsInBackground = new ConcurrentLinkedQueue<>();
    private volatile Optional<Fault> lasting = Optional.empty();
    private volatile Optional<Connection> writer = Optional.empty();

    /**
     * How a commit fails.
     *
     * @param done whether the batch is in the store all the same
     */
    public record Fault(SQLiteErrorCode code, boolean done) {

        /** The disk is full, and the batch is not in the store. */
        public static final Fault FULL = new Fault(SQLiteErrorCode.SQLITE_FULL, false);
    }

    /** Makes one commit fail; several calls make several commits fail, in order. */
    public void failOnce(Fault fault) {
        faults.add(fault);
    }

    /** Makes one commit of the mark, of a removal or of the search index fail. */
    public void failOnceInBackground(Fault fault) {
        faultsInBackground.add(fault);
    }

    /** Makes all commits fail until {@link #heal}. */
    public void failAlways(Fault fault) {
        lasting = Optional.of(fault);
    }

    public void heal() {
        faults.clear();
        lasting = Optional.empty();
    }

    /** Forbids the file to grow; its pages can still be filled. */
    public void setFull(boolean full) {
        try (Statement statement = writer.orElseThrow().createStatement()) {
            statement.execute("PRAGMA max_page_count = " + (full ? 1 : 1_000_000));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the number of commits of batches, failed or not. */
    public int commits() {
        return commits.get();
    }

    @Override
    public Connection apply(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, new Handler(connection));
    }

    private final class Handler implements InvocationHandler {

        private final Connection connection;
        private boolean isInBackground; // one thread uses it

        Handler(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("prepareStatement") && ((String) arguments[0]).startsWith("INSERT INTO page")) {
                writer = Optional.of(connection);
            }
            boolean isWriter = writer.equals(Optional.of(connection));
            if (method.getName().equals("prepareStatement")
                    && ((String) arguments[0]).matches("(?s).* INTO (log|progress) .*")) {
                isInBackground = !isWriter;
            }
            if (isInBackground && method.getName().equals("commit")) {
                Fault fault = faultsInBackground.poll();
                if (fault != null) {
                    throw fail(fault);
                }
            }
            if (isWriter && method.getName().equals("commit")) {
                commits.incrementAndGet();
                Fault once = faults.poll();
                Optional<Fault> fault = once == null ? lasting : Optional.of(once);
                if (fault.isPresent()) {
                    throw fail(fault.get());
                }
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        /** A commit that fails has ended the transaction; JDBC does not begin another one. */
        private SQLException fail(Fault fault) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(fault.done() ? "COMMIT" : "ROLLBACK");
            }
            return new SQLiteException("simulated: " + fault, fault.code());
        }
    }
}
