package io.chittychat.server.store;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.property.Draw;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.Turn;
import io.chittychat.time.LamportClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A restored room decides as it would have without the restart. */
class RestoredRoomPropertyTest {

    private static final int SESSIONS = 4;
    private static final int SEQUENCES = 400; // more than are remembered

    /** The commands of a session in a batch. Its publishes have consecutive sequences; some may be repeats. */
    private record Act(int what, long session, int first, int count) {

        static Act any(Draw draw) {
            return new Act(
                    draw.below(8),
                    draw.below(SESSIONS),
                    draw.below(SEQUENCES),
                    draw.times(1, draw.below(5) < 2 ? 600 : 5));
        }

        List<Command<?>> commands() {
            String name = "p" + session / 2; // two want the same
            return switch (what) {
                case 0, 1, 2 -> List.of(Commands.repeatableJoin(name, session, session % 3));
                case 3 -> List.of(Commands.leave(session));
                case 4 -> List.of(Commands.attach(session));
                default -> publishes();
            };
        }

        private List<Command<?>> publishes() {
            List<Command<?>> publishes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                publishes.add(Commands.publish(session, (first + i) % SEQUENCES - 10)); // below 0: above 2^63
            }
            return publishes;
        }
    }

    /**
     * @param marked whether the mark is moved after it
     * @param restored whether the room is restored after that
     */
    private record Batch(List<Act> acts, boolean marked, boolean restored) {

        static Batch any(Draw draw) {
            return new Batch(draw.list(1, 6, Act::any), draw.below(4) == 0, draw.yesOrNo());
        }

        List<Command<?>> commands() {
            List<Command<?>> commands = new ArrayList<>();
            acts.forEach(act -> commands.addAll(act.commands()));
            return commands;
        }
    }

    @Test
    void restoringChangesNothing() {
        forAll(60, draw -> draw.list(1, 3, opening -> opening.list(1, 15, Batch::any)), openings -> {
            Path directory = Stores.fastDirectory();
            try {
                restoreAndCompare(Stores.copyOfNew(directory.resolve("chitty.db")), openings);
            } finally {
                Stores.delete(directory);
            }
        });
    }

    private static void restoreAndCompare(Path file, List<List<Batch>> openings) {
        Room uninterrupted =
                new Room(new LamportClock(), new ParticipantRegistry(), new Room.Limits(1000, RecordedRoom.WINDOW));
        for (List<Batch> batches : openings) {
            try (EventStore store = Stores.open(file)) {
                RecordedRoom room = new RecordedRoom(store);
                for (Batch batch : batches) {
                    List<Command<?>> commands = batch.commands();
                    List<Outcome<?>> expected = new ArrayList<>();
                    commands.forEach(command -> expected.add(uninterrupted.apply(command, Turn.at(RecordedRoom.NOON))));
                    assertThat(room.batch(commands)).isEqualTo(expected);
                    assertThat(room.lamportTime()).isEqualTo(uninterrupted.lamportTime());
                    if (batch.marked()) {
                        store.mark();
                    }
                    room = batch.restored() ? new RecordedRoom(store) : room;
                }
                StoredState.of(store).assertChained();
            }
        }
    }
}
