package io.chittychat.server.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.ValidateResult;

/** The tables of a store, and their migration to this version. */
final class Schema {

    private Schema() {}

    static void migrate(Sqlite sqlite, Path file) throws SQLException {
        try {
            flyway(sqlite, file).migrate();
        } catch (RuntimeException e) {
            throw meaningOf(e, file);
        }
    }

    /** Returns why the tables of a store are not those of this version; empty if they are. */
    static Optional<String> problem(Sqlite sqlite, Path file) {
        try {
            ValidateResult result = flyway(sqlite, file).validateWithResult();
            return result.validationSuccessful
                    ? Optional.empty()
                    : Optional.of(
                            "its tables are not those of this version of the service, which migrates them when it starts: "
                                    + result.getAllErrorMessages().strip());
        } catch (RuntimeException e) {
            throw meaningOf(e, file);
        }
    }

    private static Flyway flyway(Sqlite sqlite, Path file) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(sqlite.dataSource())
                .locations("classpath:db/migration")
                .javaMigrations(new ChainMigration(file), new PageMigration(file))
                .ignoreMigrationPatterns(new String[0]) // by default, Flyway ignores migrations of a newer version
                .loggers("slf4j")
                .load();
    }

    private static RuntimeException meaningOf(RuntimeException failure, Path file) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Sqlite.meaningOf(sql, file);
            }
        }
        if (!(failure instanceof FlywayException)) { // Flyway does not check what it reads from its own table
            return Sqlite.damaged(file, new DamageException("its table flyway_schema_history cannot be read"));
        }
        return new StoreException(
                "this version of the service does not know the tables of the store " + file
                        + ". Start the version that wrote it, or give this one another file: --chitty.store.file=PATH ("
                        + failure.getMessage() + ")",
                failure);
    }
}
