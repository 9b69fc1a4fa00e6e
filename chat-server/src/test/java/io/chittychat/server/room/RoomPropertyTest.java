package io.chittychat.server.room;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.property.Draw;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Invariants of the room under random commands of few participants, so that commands often affect each other. */
class RoomPropertyTest {

    private static final int SESSIONS = 6;

    @Test
    void eventTimesStrictlyIncreaseAndAreChained() {
        forAll(RoomPropertyTest::commands, commands -> {
            long previous = 0;
            for (Event event : fold(commands).events) {
                assertThat(event.header().lamportTime()).isGreaterThan(previous);
                assertThat(event.header().previousLamportTime()).isEqualTo(previous);
                assertThat(event.header().lamportTime())
                        .isGreaterThan(event.header().participantLamportTime());
                previous = event.header().lamportTime();
            }
        });
    }

    @Test
    void foldingTwiceGivesTheSame() {
        forAll(RoomPropertyTest::commands, commands -> {
            RoomFixture one = fold(commands);
            RoomFixture other = fold(commands);
            assertThat(one.events).isEqualTo(other.events);
            assertThat(one.clock.read()).isEqualTo(other.clock.read());
        });
    }

    @Test
    void onlyAppendedEventsAndAcceptedReadersMoveTheClock() {
        forAll(RoomPropertyTest::commands, commands -> {
            RoomFixture room = new RoomFixture(4);
            for (Command<?> command : commands) {
                long before = room.clock.read();
                int events = room.events.size();
                Outcome<?> outcome = room.apply(command);
                boolean attached =
                        outcome instanceof Outcome.Accepted<?> accepted && accepted.result() instanceof Result.Attached;
                boolean moved = room.clock.read() > before;
                assertThat(moved).isEqualTo(attached || room.events.size() == events + 1);
            }
        });
    }

    @Test
    void duplicatesAppendNothing() {
        forAll(RoomPropertyTest::commands, commands -> {
            RoomFixture room = new RoomFixture(4);
            for (Command<?> command : commands) {
                Outcome<?> first = room.apply(command);
                if (command instanceof Command.Publish publish && publish.sequence() != 0 && isAccepted(first)) {
                    int events = room.events.size();
                    assertThat(room.accepted(publish).lamportTime()).isEqualTo(timeOf(first));
                    assertThat(room.events).hasSize(events);
                }
            }
        });
    }

    @Test
    void eachSessionThatLeavesHasJoinedAndLeavesOnce() {
        forAll(RoomPropertyTest::commands, commands -> {
            RoomFixture room = fold(commands);
            Set<SessionId> present = new HashSet<>();
            Map<String, SessionId> names = new HashMap<>();
            for (Event event : room.events) {
                SessionId session = event.header().session();
                String name = event.header().participant();
                if (event instanceof Event.Joined) {
                    assertThat(present.add(session)).isTrue();
                    assertThat(names.put(name, session))
                            .as("no other present participant is called %s", name)
                            .isNull();
                } else if (event instanceof Event.Left) {
                    assertThat(present.remove(session)).isTrue();
                    names.remove(name);
                } else {
                    assertThat(present).contains(session);
                }
            }
            assertThat(room.participants.size()).isEqualTo(present.size());
            assertThat(room.participants.page(room.clock::read, 0, 100).sessions())
                    .extracting(Session::id)
                    .containsExactlyInAnyOrderElementsOf(present);
        });
    }

    @Test
    void restoredRoomDecidesAsTheOriginal() {
        forAll(RoomPropertyTest::commands, commands -> {
            RoomFixture room = new RoomFixture(4);
            RoomFixture restored = new RoomFixture(4);
            int half = commands.size() / 2;
            commands.subList(0, half).forEach(room::apply);
            room.room.settle();
            restored.room.restore(room.room.state());
            for (Command<?> command : commands.subList(half, commands.size())) {
                assertThat(restored.apply(command)).isEqualTo(room.apply(command));
            }
            assertThat(restored.room.state()).isEqualTo(room.room.state());
        });
    }

    @Test
    void undoneCommandsChangeOnlyTheClock() {
        forAll(RoomPropertyTest::commands, commands -> {
            RoomFixture room = new RoomFixture(4);
            int half = commands.size() / 2;
            commands.subList(0, half).forEach(room::apply);
            room.room.settle();
            RoomState before = room.room.state();
            Set<SessionId> present = room.participants.sessions();
            commands.subList(half, commands.size()).forEach(room::apply);
            room.room.undo();
            RoomState after = room.room.state();
            assertThat(after.present()).isEqualTo(before.present());
            assertThat(after.newestEvent()).isEqualTo(before.newestEvent());
            assertThat(room.participants.sessions()).isEqualTo(present);
            room.room.settle();
            assertThat(room.room.state()).isEqualTo(after);
        });
    }

    private static RoomFixture fold(List<Command<?>> commands) {
        RoomFixture room = new RoomFixture(4);
        commands.forEach(room::apply);
        return room;
    }

    private static boolean isAccepted(Outcome<?> outcome) {
        return outcome instanceof Outcome.Accepted<?>;
    }

    private static long timeOf(Outcome<?> outcome) {
        return outcome instanceof Outcome.Accepted<?> accepted
                        && accepted.result() instanceof Result.Published published
                ? published.lamportTime()
                : -1;
    }

    private static List<Command<?>> commands(Draw draw) {
        return draw.list(0, 80, RoomPropertyTest::command);
    }

    private static Command<?> command(Draw draw) {
        long id = draw.between(1, SESSIONS);
        SessionId session = RoomFixture.session(id);
        long time = draw.below(10) == 0 ? draw.anyLong() : draw.between(0, 200);
        return switch (draw.below(14)) {
            // Two sessions each want the same name, and a session's id is used by one name only.
            case 0, 1, 2 -> RoomFixture.join("p" + id % 3, id, time);
            case 3, 4, 5, 6, 7, 8 -> RoomFixture.publish(id, draw.between(0, 5), time);
            case 9, 10 -> RoomFixture.leave(id, time);
            case 11 -> new Command.Attach(session, time);
            case 12 -> new Command.Detach(session, draw.between(1, 50));
            default -> new Command.Expire(session, session);
        };
    }
}
