package io.chittychat.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.StoredState;
import io.chittychat.server.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Room and store on a simulated disk, in a machine that crashes: what was acknowledged is there afterwards, and of the
 * batch under way all or nothing. A run is determined by its seed.
 *
 * <p>{@code -Dchitty.simulation.seed=N} runs one seed, {@code -Dchitty.simulation.seeds=N} so many.
 */
class CrashSimulationIT {

    private static final int CRASHES = 2;
    private static final int NAMES = 5;

    @Test
    void whatWasAcknowledgedSurvivesEveryCrash() {
        Long one = Long.getLong("chitty.simulation.seed");
        LongStream seeds = one != null
                ? LongStream.of(one)
                : LongStream.range(0, Integer.getInteger("chitty.simulation.seeds", 1000));
        seeds.parallel().forEach(seed -> {
            Path directory = Stores.fastDirectory();
            try {
                new Run(directory, new Random(seed)).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("failed; again with -Dchitty.simulation.seed=" + seed, e);
            } finally {
                Stores.delete(directory);
            }
        });
    }

    private static final class Run {

        private final Random random;
        private final SimulatedDisk disk;
        private Acknowledged acknowledged;
        private Acknowledged possible; // with the batch that was under way in the last crash
        private long sessions;

        Run(Path directory, Random random) {
            this.random = random;
            this.disk = new SimulatedDisk(directory, random);
            this.acknowledged =
                    Acknowledged.nothing(StoredState.read(disk.file()).epoch());
            this.possible = acknowledged;
        }

        void run() {
            for (int crash = 0; crash < CRASHES; crash++) {
                if (random.nextInt(8) == 0) {
                    try (EventStore store = Stores.open(disk.file())) {
                        new RecordedRoom(store).mark();
                        disk.sync();
                    } // closing moves what it finds to the main file
                    disk.crashWhileMoving();
                }
                try (EventStore store = Stores.open(disk.file())) {
                    disk.sync();
                    liveUntilCrash(new RecordedRoom(store));
                }
            }
            try (EventStore store = Stores.open(disk.file())) {
                check(new RecordedRoom(store));
            }
        }

        /** Does some batches, and crashes in one or while they are moved. */
        private void liveUntilCrash(RecordedRoom room) {
            check(room);
            if (random.nextInt(10) == 0) {
                append(room, manyPublishes());
                disk.sync();
            }
            for (int batches = random.nextInt(8); batches > 0; batches--) {
                append(room, commands());
                disk.sync();
                if (random.nextInt(4) == 0) {
                    room.mark();
                    disk.sync(); // as SQLite does it before it moves anything
                    room.store().checkpoint();
                    if (random.nextInt(4) == 0) {
                        disk.crashWhileMoving();
                        return;
                    }
                    disk.sync();
                }
            }
            possible = applied(room, commands());
            disk.crashWhileAppending();
        }

        private void append(RecordedRoom room, List<Command<?>> commands) {
            acknowledged = applied(room, commands);
            possible = acknowledged;
        }

        private Acknowledged applied(RecordedRoom room, List<Command<?>> commands) {
            return acknowledged.and(room.batch(commands), room.lamportTime());
        }

        /** The batch under way was not acknowledged: it may be there or not, but only as a whole. */
        private void check(RecordedRoom room) {
            StoredState found = StoredState.of(room.store());
            assertThat(found).isIn(acknowledged.state(), possible.state());
            acknowledged = found.equals(possible.state()) ? possible : acknowledged;
            possible = acknowledged;
            found.assertChained();
            for (RoomState.Stay stay : acknowledged.present()) {
                stay.publishes().recent().forEach(recent -> checkRepeat(room, stay, recent));
            }
            assertThat(StoredState.of(room.store())).isEqualTo(found);
        }

        private void checkRepeat(RecordedRoom room, RoomState.Stay stay, RoomState.RecentPublish recent) {
            long sentAt = random.nextInt(1000);
            assertThat(room.one(new Command.Publish(stay.session(), "again", recent.sequence(), sentAt)))
                    .isEqualTo(Outcome.done(new Result.Published(stay.name().value(), recent.lamportTime(), true)));
        }

        private List<Command<?>> commands() {
            List<Command<?>> commands = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                commands.add(command());
            }
            return commands;
        }

        private Command<?> command() {
            long session = 1 + random.nextLong(sessions + 1);
            return switch (random.nextInt(10)) {
                case 0, 1, 2 -> Commands.repeatableJoin("p" + random.nextInt(NAMES), ++sessions, sessions);
                case 3 -> Commands.join("p" + random.nextInt(NAMES), ++sessions);
                case 4 -> Commands.leave(session);
                case 5 -> Commands.attach(session);
                default -> Commands.publish(session, "text ".repeat(random.nextInt(100)), random.nextInt(20));
            };
        }

        /** More than are remembered, of one session. */
        private List<Command<?>> manyPublishes() {
            long session = ++sessions;
            List<Command<?>> commands = new ArrayList<>();
            commands.add(Commands.leave(1));
            commands.add(Commands.join("p" + session, session));
            for (int sequence = 1; sequence <= 200 + random.nextInt(400); sequence++) {
                commands.add(Commands.publish(session, sequence));
            }
            return commands;
        }
    }
}
