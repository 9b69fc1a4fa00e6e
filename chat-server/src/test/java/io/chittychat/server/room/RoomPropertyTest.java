package io.chittychat.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.text.ParticipantName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Invariants of the room under random commands of few participants, so that commands often meet each other's effects. */
class RoomPropertyTest {

    private static final int SESSIONS = 6;

    @Property
    void eventTimesStrictlyIncreaseAndAreChained(@ForAll("commands") List<Command<?>> commands) {
        long previous = 0;
        for (Event event : fold(commands).events) {
            assertThat(event.header().lamportTime()).isGreaterThan(previous);
            assertThat(event.header().previousLamportTime()).isEqualTo(previous);
            assertThat(event.header().lamportTime())
                    .isGreaterThan(event.header().participantLamportTime());
            previous = event.header().lamportTime();
        }
    }

    @Property
    void foldingTwiceGivesTheSame(@ForAll("commands") List<Command<?>> commands) {
        RoomFixture one = fold(commands);
        RoomFixture other = fold(commands);
        assertThat(one.events).isEqualTo(other.events);
        assertThat(one.clock.read()).isEqualTo(other.clock.read());
    }

    @Property
    void onlyAppendedEventsAndAcceptedReadersMoveTheClock(@ForAll("commands") List<Command<?>> commands) {
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
    }

    @Property
    void duplicatesAppendNothing(@ForAll("commands") List<Command<?>> commands) {
        RoomFixture room = new RoomFixture(4);
        for (Command<?> command : commands) {
            Outcome<?> first = room.apply(command);
            if (command instanceof Command.Publish publish && publish.sequence() != 0 && isAccepted(first)) {
                int events = room.events.size();
                assertThat(room.accepted(publish).lamportTime()).isEqualTo(timeOf(first));
                assertThat(room.events).hasSize(events);
            }
        }
    }

    @Property
    void everyoneWhoLeavesHasJoinedAndLeavesOnce(@ForAll("commands") List<Command<?>> commands) {
        RoomFixture room = fold(commands);
        Set<SessionId> present = new HashSet<>();
        Map<String, SessionId> names = new HashMap<>();
        for (Event event : room.events) {
            SessionId session = event.header().session();
            String name = event.header().participant();
            if (event instanceof Event.Joined) {
                assertThat(present.add(session)).isTrue();
                assertThat(names.put(name, session))
                        .as("nobody else present is called %s", name)
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

    @Provide
    Arbitrary<List<Command<?>>> commands() {
        Arbitrary<Long> session = Arbitraries.longs().between(1, SESSIONS);
        Arbitrary<Long> time = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.longs().between(0, 200)), Tuple.of(1, Arbitraries.longs()));
        Arbitrary<Long> sequence = Arbitraries.longs().between(0, 5);
        // Two sessions each want the same name, and a session's id is used by one name only.
        Arbitrary<Command<?>> join = Combinators.combine(session, time)
                .as((id, t) -> new Command.Join(
                        ParticipantName.of("p" + id % 3), RoomFixture.session(id), Optional.empty(), t));
        Arbitrary<Command<?>> publish =
                Combinators.combine(session, sequence, time).as(RoomFixture::publish);
        Arbitrary<Command<?>> leave = Combinators.combine(session, time).as(RoomFixture::leave);
        Arbitrary<Command<?>> attach =
                Combinators.combine(session, time).as((id, t) -> new Command.Attach(RoomFixture.session(id), t));
        Arbitrary<Command<?>> detach = Combinators.combine(
                        session, Arbitraries.longs().between(1, 50))
                .as((id, t) -> new Command.Detach(RoomFixture.session(id), t));
        Arbitrary<Command<?>> expire =
                session.map(id -> new Command.Expire(RoomFixture.session(id), RoomFixture.session(id)));
        return Arbitraries.frequencyOf(
                        Tuple.of(3, join),
                        Tuple.of(6, publish),
                        Tuple.of(2, leave),
                        Tuple.of(1, attach),
                        Tuple.of(1, detach),
                        Tuple.of(1, expire))
                .list()
                .ofMaxSize(80);
    }
}
