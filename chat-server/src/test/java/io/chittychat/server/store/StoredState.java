package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.RoomState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.Assertions;

/** The whole content of a store. */
public record StoredState(String epoch, List<Event> events, RoomState room) {

    public static StoredState of(EventStore store) {
        return new StoredState(store.epoch(), store.page(0, Integer.MAX_VALUE).events(), store.recorded());
    }

    /** Reads the file of a closed store, without the checks at its opening. */
    public static StoredState read(Path file) {
        try (Connection connection = new Sqlite(file, Durability.OS, c -> c).connect()) {
            LogRow log = LogRow.read(connection);
            return new StoredState(
                    log.epoch(), LogReader.events(connection, log, 0, Integer.MAX_VALUE), LogReader.state(connection));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Checks that times increase, that the events are chained, and that the room's state is of the same moment. */
    public void assertChained() {
        long previous = 0;
        for (Event event : events) {
            Assertions.assertThat(event.header().previousLamportTime()).isEqualTo(previous);
            Assertions.assertThat(event.header().lamportTime()).isGreaterThan(previous);
            previous = event.header().lamportTime();
        }
        Assertions.assertThat(room.newestEvent()).isEqualTo(previous);
        Assertions.assertThat(room.lamportTime()).isGreaterThanOrEqualTo(previous);
    }
}
