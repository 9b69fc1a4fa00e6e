package io.chittychat.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * V7: moves the events from the table event to pages, with their digests as they are. What is damaged stays damaged. It
 * moves some thousand events in each transaction, so that the file hardly grows; if the process ends, the next start goes
 * on where it ended.
 */
final class PageMigration implements JavaMigration {

    private static final Logger LOG = LoggerFactory.getLogger(PageMigration.class);
    private static final int CHUNK = 10_000; // events

    private final Path file;
    private final PageEncoder encoder = new PageEncoder();
    private boolean isDamaged;

    PageMigration(Path file) {
        this.file = file;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("7");
    }

    @Override
    public String getDescription() {
        return "events in pages";
    }

    @Override
    public Integer getChecksum() {
        return 7;
    }

    /** Flyway begins a transaction. This migration commits it after each chunk, and Flyway commits the rest. */
    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        MigrationProgress progress =
                new MigrationProgress("Moving the events of " + file + " to pages", EventTable.count(connection));
        Chain chain = Chain.end(connection, LogRow.read(connection));
        int moved;
        do {
            moved = move(connection, chain);
            connection.commit();
            progress.add(moved);
        } while (moved == CHUNK);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE event");
        }
    }

    private int move(Connection connection, Chain chain) throws SQLException {
        List<PageRow> pages = new ArrayList<>();
        int moved = read(connection, chain.lamportTime(), pages);
        try (PreparedStatement insert = PageRow.prepareInsert(connection);
                PreparedStatement delete = connection.prepareStatement("DELETE FROM event WHERE lamport_time <= ?")) {
            for (PageRow page : pages) {
                check(page, chain);
                page.addTo(insert);
                chain.moveTo(page.through(), page.lastDigest());
            }
            insert.executeBatch();
            delete.setLong(1, chain.lamportTime());
            delete.executeUpdate();
        }
        return moved;
    }

    private int read(Connection connection, long after, List<PageRow> pages) throws SQLException {
        int read = 0;
        try (PreparedStatement find = EventTable.prepareAfter(connection, CHUNK)) {
            find.setLong(1, after);
            try (ResultSet row = find.executeQuery()) {
                for (; row.next(); read++) {
                    if (encoder.isFull()) {
                        pages.add(encoder.end());
                    }
                    EventTable.copy(row, encoder);
                }
            }
        }
        if (!encoder.isEmpty()) {
            pages.add(encoder.end());
        }
        return read;
    }

    /** Tells the first damage; the events that are read are served all the same. */
    private void check(PageRow page, Chain chain) {
        Chain checked = new Chain(chain.lamportTime(), chain.head());
        try (PageEvents events = new PageEvents(page)) {
            while (events.next()) {
                checked.check(events.event(), events.digest());
            }
        } catch (DamageException e) {
            if (!isDamaged) {
                isDamaged = true;
                LOG.warn(
                        "The store {} is damaged, and stays so: {}. To see all damage: chitty verify",
                        file,
                        e.getMessage());
            }
        }
    }
}
