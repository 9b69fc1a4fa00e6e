package io.chittychat.server.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a store's tables up to date. */
final class Schema {

    private Schema() {}

    static void migrate(Sqlite sqlite, Path file) throws SQLException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(sqlite.dataSource())
                    .locations("classpath:db/migration")
                    .javaMigrations(new ChainMigration(file))
                    .ignoreMigrationPatterns(new String[0]) // by default it overlooks those of a newer version
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw meaningOf(e, file);
        }
    }

    private static RuntimeException meaningOf(FlywayException failure, Path file) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Sqlite.meaningOf(sql, file);
            }
        }
        return new StoreException(
                "the store " + file
                        + " is not one that this version of the service knows. Start the version that wrote it,"
                        + " or give this one another file: --chitty.store.file=PATH (" + failure.getMessage() + ")",
                failure);
    }
}
