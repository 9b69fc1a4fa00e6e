package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.room.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The move of events to pages keeps what they say, the chain of digests and what is damaged. */
class PageMigrationTest {

    private static final int EVENTS = 25_000; // some steps

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private Path file;
    private Head head; // before the move

    /** A store of V5: event n has the Lamport time n. */
    @BeforeEach
    void fill() throws IOException {
        file = OldStores.withDigests(directory.resolve("chitty.db"), EVENTS);
        head = OldStores.head(file);
        head.keep(file);
    }

    @Test
    void headFromBeforeIsStillThere() {
        Stores.open(file).close();
        assertThat(StoreCheck.head(file)).isEqualTo(head);
        StoreCheck.Report report = StoreCheck.check(file, Optional.of(head), events -> {});
        assertThat(report.problems()).isEmpty();
        assertThat(report.events()).isEqualTo(EVENTS);
        assertThat(Stores.longs(file, "SELECT count(*) FROM sqlite_schema WHERE name = 'event'"))
                .containsExactly(0L);
    }

    @Test
    void headsFromWithinAPageAreStillThere() {
        List<Head> heads = OldStores.heads(file, List.of(1L, 777L, 9_999L, 10_000L, 10_001L));
        Stores.open(file).close();
        assertThat(heads)
                .allSatisfy(earlier -> assertThat(StoreCheck.check(file, Optional.of(earlier), events -> {})
                                .problems())
                        .isEmpty());
    }

    @Test
    void moveGoesOnWhereItEnded() {
        Path whole = Stores.copy(file, directory.resolve("whole.db"));
        Stores.open(whole).close();
        OldStores.movePart(file, 10_000);
        assertThat(StoreCheck.check(file).problems())
                .first()
                .asString()
                .contains("its tables are not those of this version");
        try (EventStore store = Stores.open(file);
                EventStore other = Stores.open(whole)) {
            assertThat(store.page(0, EVENTS).events())
                    .isEqualTo(other.page(0, EVENTS).events())
                    .hasSize(EVENTS);
            assertThat(store.recorded()).isEqualTo(other.recorded());
        }
        assertThat(StoreCheck.check(file, Optional.of(head), events -> {}).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UPDATE event SET text = 'never said' WHERE lamport_time = 500 ; event 500 is not what was recorded",
                "UPDATE event SET text = NULL WHERE lamport_time = 500 ; event 500 cannot be read",
                "UPDATE event SET digest = x'00' WHERE lamport_time = 500 ; event 500 is not what was recorded",
                "UPDATE event SET session_id = x'00' WHERE lamport_time = 500 ; event 500 is not what was recorded",
                "UPDATE event SET type = 'said' WHERE lamport_time = 500 ; event 500 has another type",
                "DELETE FROM event WHERE lamport_time = 500 ; event 500 is missing",
            })
    void damageStays(String damage, String told) {
        Stores.execute(
                file,
                "PRAGMA ignore_check_constraints = 1",
                "PRAGMA writable_schema = 1",
                "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL,   -- what was said', ',   -- what was said') WHERE name = 'event'");
        Stores.execute(file, "PRAGMA ignore_check_constraints = 1", damage);
        try (EventStore store = Stores.open(file)) {
            List<Event> events = store.page(0, EVENTS).events();
            assertThat(events).hasSize(499);
            assertThatThrownBy(() -> store.page(499, EVENTS))
                    .isInstanceOf(StoreException.Damaged.class)
                    .hasMessageContaining("event 500 ");
            assertThat(store.page(501, EVENTS).events()).hasSize(EVENTS - 501);
        }
        assertThat(StoreCheck.check(file).problems()).anyMatch(problem -> problem.startsWith(told));
    }

    /** Nothing is written to a store that has lost its end: its write-ahead log may be elsewhere. */
    @Test
    void storeThatLostItsEndStaysAsItIs() throws IOException {
        Stores.execute(file, "DELETE FROM event WHERE lamport_time > 24000", "PRAGMA wal_checkpoint(TRUNCATE)");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Stores.open(file))
                .isInstanceOf(StoreException.Damaged.class)
                .hasMessageContaining("it had events up to Lamport time 25000, and now ends with event 24000");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
}
