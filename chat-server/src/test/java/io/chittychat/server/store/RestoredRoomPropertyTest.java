package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.RoomLimits;
import io.chittychat.server.room.Turn;
import io.chittychat.time.LamportClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A room that was restored does what it would have done without. */
class RestoredRoomPropertyTest {

    private static final int SESSIONS = 4;
    private static final int SEQUENCES = 400; // more than are remembered

    @Property(tries = 60)
    void restoringChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        Path directory = Stores.fastDirectory();
        try {
            Path file = Stores.copyOfNew(directory.resolve("chitty.db"));
            Room uninterrupted =
                    new Room(new LamportClock(), new ParticipantRegistry(), new RoomLimits(1000, RecordedRoom.WINDOW));
            for (int reopen = 0; reopen < 2; reopen++) {
                try (EventStore store = Stores.open(file)) {
                    RecordedRoom room = new RecordedRoom(store);
                    for (int batch = 0; batch < 8; batch++) {
                        List<Command<?>> commands = commands(random);
                        List<Outcome<?>> expected = new ArrayList<>();
                        commands.forEach(
                                command -> expected.add(uninterrupted.apply(command, Turn.at(RecordedRoom.NOON))));
                        assertThat(room.batch(commands)).isEqualTo(expected);
                        assertThat(room.lamportTime()).isEqualTo(uninterrupted.lamportTime());
                        room = random.nextBoolean() ? new RecordedRoom(store) : room;
                    }
                    StoredState.of(store).assertChained();
                }
            }
        } finally {
            Stores.delete(directory);
        }
    }

    private static List<Command<?>> commands(Random random) {
        List<Command<?>> commands = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            long session = random.nextInt(SESSIONS);
            String name = "p" + session / 2; // two want the same
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> commands.add(Commands.repeatableJoin(name, session, session % 3));
                case 3 -> commands.add(Commands.leave(session));
                case 4 -> commands.add(Commands.attach(session));
                default -> addPublishes(session, random, commands);
            }
        }
        return commands;
    }

    /** Some publishes in a row, of which some may be repeats. */
    private static void addPublishes(long session, Random random, List<Command<?>> commands) {
        int first = random.nextInt(SEQUENCES);
        int count = random.nextInt(5) == 0 ? 1 + random.nextInt(600) : 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            commands.add(Commands.publish(session, (first + i) % SEQUENCES - 10)); // below 0: above 2^63
        }
    }
}
