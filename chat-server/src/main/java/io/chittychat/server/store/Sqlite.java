package io.chittychat.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to SQLite, and converts its errors. */
final class Sqlite {

    private static final int BUSY = 5;
    private static final int FULL = 13;
    private static final int CORRUPT = 11;
    private static final int NOT_A_DATABASE = 26;
    private static final int NO_SPACE_FOR_SHARED_MEMORY = 10 | 19 << 8; // SQLITE_IOERR_SHMSIZE
    static final int BUSY_TIMEOUT = 5_000; // milliseconds; another program may hold the store's lock for a moment
    private static final int CHECKPOINT_PAGES = 16_384; // 64 MiB; usually the background thread is earlier

    /** The oldest version without the WAL-reset bug. */
    private static final int[] OLDEST = {3, 51, 3};

    private final SQLiteDataSource dataSource;
    private final UnaryOperator<Connection> wrapper;

    /**
     * @param wrapper wraps each connection, so that a test can make it fail
     * @throws StoreException if the native library cannot be loaded
     */
    Sqlite(Path file, Durability durability, UnaryOperator<Connection> wrapper) {
        this(file, configuration(file, durability), wrapper);
    }

    private Sqlite(Path file, SQLiteConfig config, UnaryOperator<Connection> wrapper) {
        this.dataSource = new SQLiteDataSource(config);
        this.dataSource.setUrl("jdbc:sqlite:" + file);
        this.wrapper = wrapper;
    }

    /**
     * For looking at a store. A connection that may write would, when it is closed as the last one, copy the write-ahead
     * log to the file and delete it, whatever is in it: also one of another moment, which would ruin the file.
     *
     * @throws StoreException if the native library cannot be loaded
     */
    static Sqlite readOnly(Path file) {
        SQLiteConfig config = configuration(file, Durability.FSYNC);
        config.setReadOnly(true);
        return new Sqlite(file, config, UnaryOperator.identity());
    }

    private static SQLiteConfig configuration(Path file, Durability durability) {
        try {
            NativeLibrary.load();
        } catch (SQLException e) {
            throw meaningOf(e, file);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
                durability == Durability.FSYNC
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_TIMEOUT);
        config.setOpenMode(SQLiteOpenMode.NOMUTEX); // the driver lets one thread at a time use a connection
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        return config;
    }

    DataSource dataSource() {
        return dataSource;
    }

    Connection connect() throws SQLException {
        return wrapper.apply(dataSource.getConnection());
    }

    /** @throws StoreException if the version of the native library can damage a store */
    static void checkVersion() throws SQLException {
        try (Connection connection = new SQLiteDataSource().getConnection()) { // in memory
            String version = connection.getMetaData().getDatabaseProductVersion();
            if (Arrays.compare(numbers(version), OLDEST) < 0) {
                throw new StoreException(
                        "SQLite's native library is version " + version
                                + ", but must be 3.51.3 or newer: an older one can"
                                + " damage a store in WAL mode. Remove it from java.library.path, or update it",
                        new SQLException(version));
            }
        }
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /**
     * Rolls back a failed transaction of a connection without auto-commit. SQLite itself ends a transaction when the disk is
     * full; the JDBC driver does not notice, and would neither roll back nor begin another one.
     */
    static void rollBack(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT begun"); // begins a transaction if there is none
        }
        connection.rollback();
    }

    /** Converts an error of SQLite to the exception of the store. */
    static StoreException meaningOf(SQLException failure, Path file) {
        if (failure instanceof DamageException) {
            return damaged(file, failure);
        }
        if (failure.getCause() instanceof NativeLibraryNotFoundException) {
            return new StoreException(
                    "SQLite's native library cannot be loaded from " + System.getProperty("java.io.tmpdir")
                            + ": the directory must be writable, have space, and allow programs (no \"noexec\"). Name another one:"
                            + " -Djava.io.tmpdir=DIRECTORY",
                    failure);
        }
        int code = failure instanceof SQLiteException sqlite ? sqlite.getResultCode().code : failure.getErrorCode();
        int primary = code & 0xff;
        if (primary == BUSY) {
            return new StoreException.Busy(file, failure);
        }
        if (primary == FULL || code == NO_SPACE_FOR_SHARED_MEMORY) {
            return new StoreException.Full(failure);
        }
        if (primary == CORRUPT || primary == NOT_A_DATABASE) {
            return damaged(file, failure);
        }
        return new StoreException("the store " + file + " failed: " + failure.getMessage(), failure);
    }

    static StoreException.Damaged damaged(Path file, Throwable cause) {
        return new StoreException.Damaged(
                "the store " + file + " is damaged (" + cause.getMessage() + "). Move it away, together with " + file
                        + "-wal and " + Head.file(file)
                        + "; then restore a backup, or start with a new store. To see all damage: chitty verify "
                        + file,
                cause);
    }
}
