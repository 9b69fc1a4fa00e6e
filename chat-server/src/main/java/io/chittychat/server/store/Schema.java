package io.chittychat.server.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.ValidateResult;

/** Brings a store's tables up to date. */
final class Schema {

    private Schema() {}

    static void migrate(Sqlite sqlite, Path file) throws SQLException {
        try {
            flyway(sqlite, file).migrate();
        } catch (RuntimeException e) {
            throw meaningOf(e, file);
        }
    }

    /** Why a store's tables are not those of this version; empty if they are. */
    static Optional<String> problem(Sqlite sqlite, Path file) {
        try {
            ValidateResult result = flyway(sqlite, file).validateWithResult();
            return result.validationSuccessful
                    ? Optional.empty()
                    : Optional.of(
                            "its tables are not those of this version of the service, which upgrades them when it starts: "
                                    + result.getAllErrorMessages().strip());
        } catch (RuntimeException e) {
            throw meaningOf(e, file);
        }
    }

    private static Flyway flyway(Sqlite sqlite, Path file) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(sqlite.dataSource())
                .locations("classpath:db/migration")
                .javaMigrations(new ChainMigration(file))
                .ignoreMigrationPatterns(new String[0]) // by default it overlooks those of a newer version
                .loggers("slf4j")
                .load();
    }

    private static RuntimeException meaningOf(RuntimeException failure, Path file) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Sqlite.meaningOf(sql, file);
            }
        }
        if (!(failure instanceof FlywayException)) { // it relies on what it finds in its own table
            return Sqlite.damaged(file, new DamageException("its table flyway_schema_history cannot be read"));
        }
        return new StoreException(
                "the store " + file
                        + " is not one that this version of the service knows. Start the version that wrote it,"
                        + " or give this one another file: --chitty.store.file=PATH (" + failure.getMessage() + ")",
                failure);
    }
}
