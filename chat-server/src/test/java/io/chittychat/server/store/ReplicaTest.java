package io.chittychat.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.room.SessionId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {

    private static final SessionId ALICE = new SessionId(1, 2);
    private static final SessionId BOB = new SessionId(3, 4);
    private static final String EPOCH = "77ba1136-5660-3f92-9e21-23c712197578";

    @TempDir(factory = Stores.Fast.class)
    private Path dir;

    private EventStore open(Path file, String epoch, long node) {
        return EventStore.openReplica(file, Durability.OS, epoch, node);
    }

    private static void append(EventStore store, long time, String place, Map<SessionId, Optional<byte[]>> presences) {
        store.append(
                List.of(),
                List.of(),
                time,
                store.replica().node(),
                new Replica.Change(place.getBytes(UTF_8), presences));
    }

    @Test
    void placeAndPresencesAreRecordedWithTheBatch() {
        Path file = dir.resolve("node.db");
        try (EventStore store = open(file, EPOCH, 7)) {
            assertThat(store.epoch()).isEqualTo(EPOCH);
            assertThat(store.replica().place()).isEmpty();
            append(store, 1, "one", Map.of(ALICE, Optional.of(new byte[] {1}), BOB, Optional.of(new byte[] {2})));
            append(store, 1, "two", Map.of(ALICE, Optional.empty(), BOB, Optional.of(new byte[] {3})));
        }
        try (EventStore store = open(file, EPOCH, 8)) {
            Replica replica = store.replica();
            assertThat(replica.node()).isEqualTo(7);
            assertThat(replica.place()).isEqualTo("two".getBytes(UTF_8));
            assertThat(replica.presences()).containsOnlyKeys(BOB);
            assertThat(replica.presences().get(BOB)).containsExactly(3);
            assertThat(store.recorded().lamportTime()).isEqualTo(1);
        }
        assertThat(StoreCheck.check(file).problems()).isEmpty();
    }

    @Test
    void storeOfAnotherLogIsRefused() {
        Path file = dir.resolve("node.db");
        open(file, EPOCH, 7).close();
        assertThatThrownBy(() -> open(file, "other", 7))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another shared log");
        open(file, EPOCH, 7).close();
    }

    @Test
    void storeOfASingleProcessIsNoReplicaAndTheOtherWayRound() {
        Path single = dir.resolve("single.db");
        try (EventStore store = Stores.open(single)) {
            store.append(List.of(), List.of(), 5);
        }
        assertThatThrownBy(() -> open(single, EPOCH, 7)).hasMessageContaining("has a log of its own");
        Path replica = dir.resolve("replica.db");
        open(replica, EPOCH, 7).close();
        assertThatThrownBy(() -> Stores.open(replica)).hasMessageContaining("--chitty.log.engine=kafka");
    }

    @Test
    void storeOfASingleProcessHasNoTablesOfAReplica() throws SQLException {
        Path file = dir.resolve("single.db");
        Stores.open(file).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            assertThat(Replica.exists(connection)).isFalse();
        }
    }

    @Test
    void seedKeepsEpochAndPlaceAndIsAnotherNode() {
        Path file = dir.resolve("node.db");
        Path seed = dir.resolve("seed.db");
        try (EventStore store = open(file, EPOCH, 7)) {
            append(store, 9, "place", Map.of(ALICE, Optional.of(new byte[] {1})));
            StoreBackup.copyAsSeed(file, seed);
        }
        try (EventStore store = open(seed, EPOCH, 8)) {
            assertThat(store.replica().node()).isEqualTo(8);
            assertThat(store.replica().place()).isEqualTo("place".getBytes(UTF_8));
            assertThat(store.replica().presences()).containsOnlyKeys(ALICE);
            assertThat(store.recorded().lamportTime()).isEqualTo(9);
        }
    }

    @Test
    void onlyANodesStoreCanBeASeedAndABackupIsAnotherLife() {
        Path single = dir.resolve("single.db");
        Stores.open(single).close();
        assertThatThrownBy(() -> StoreBackup.copyAsSeed(single, dir.resolve("seed.db")))
                .isInstanceOf(StoreException.class);
        Path file = dir.resolve("node.db");
        open(file, EPOCH, 7).close();
        Path backup = dir.resolve("backup.db");
        StoreBackup.copy(file, backup);
        try (EventStore store = Stores.open(backup)) {
            assertThat(store.epoch()).isNotEqualTo(EPOCH);
        }
    }

    @Test
    void placeThatIsNotWhatWasWrittenIsRefused() {
        Path file = dir.resolve("node.db");
        open(file, EPOCH, 7).close();
        Stores.execute(file, "UPDATE replica SET place = x'00'");
        assertThatThrownBy(() -> {
                    try (EventStore store = open(file, EPOCH, 7)) {
                        store.replica();
                    }
                })
                .isInstanceOf(StoreException.Damaged.class);
    }
}
