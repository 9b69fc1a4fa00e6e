package io.chittychat.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program holds the store's lock for longer than the log waits for it. */
class LockedStoreTest {

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    @Test
    void nothingIsRecordedWhileAnotherProgramHoldsTheLock() throws SQLException {
        Path file = Stores.copyOfNew(directory.resolve("chitty.db"));
        try (StoredLog log = new StoredLog(file, UnaryOperator.identity())) {
            log.ask(Commands.join("alice", 1)).result();
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement lock = other.createStatement()) {
                lock.execute("BEGIN IMMEDIATE");
                assertThat(log.ask(Commands.publish(1, 1)).refusal()).isEqualTo(Refusal.LOG_UNAVAILABLE);
                assertThat(log.state()).isEqualTo(CommandLog.State.OPEN);
                assertThat(log.store.isLocked()).isTrue();
                log.store.checkpoint();
                assertThat(log.store.isLocked()).isTrue();
                lock.execute("ROLLBACK");
            }
            log.store.checkpoint();
            assertThat(log.store.isLocked()).isFalse();
            assertThat(log.ask(Commands.publish(1, 1)).result().repeated()).isFalse();
            assertThat(log.ask(Commands.publish(1, 1)).result().repeated()).isTrue();
            assertThat(log.visible).hasSize(2).isEqualTo(log.stored());
            assertThat(log.visible).extracting(Event::text).last().isEqualTo("text 1");
        }
    }
}
