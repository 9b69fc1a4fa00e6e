package io.chittychat.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.chittychat.server.log.OpenLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.room.Turn;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases of a shared log on a simulated clock; the test lets the periods pass. */
class SharedLeasesTest {

    private static final SessionId ALICE = new SessionId(1, 2);
    private static final SessionId BOB = new SessionId(3, 4);

    private final ParticipantRegistry participants = new ParticipantRegistry();
    private final Room room = new Room(new LamportClock(), participants, new Room.Limits(10, Duration.ZERO));
    private final List<Command<?>> submitted = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final ScheduledExecutorService timer = mock(ScheduledExecutorService.class);
    private Runnable period = () -> {};
    private long now = 1_000_000; // milliseconds
    private int barriers;
    private boolean unavailable;
    private SharedLeases leases;

    @BeforeEach
    void simulate() {
        when(timer.scheduleWithFixedDelay(any(Runnable.class), anyLong(), anyLong(), any()))
                .thenAnswer(call -> {
                    period = call.getArgument(0);
                    return null;
                });
        leases = new SharedLeases(new Log(), participants, timer, () -> now * 1_000_000, Duration.ofSeconds(1));
    }

    private final class Log implements OpenLog {
        @Override
        @SuppressWarnings("unchecked") // leases submit only touches
        public <R extends Result> void submit(Command<R> command, Reply<R> reply) {
            submitted.add(command);
            if (unavailable) {
                reply.refused(Refusal.LOG_UNAVAILABLE);
            } else if (participants
                    .find(((Command.Touch) (Command<?>) command).session())
                    .isEmpty()) {
                reply.refused(Refusal.SESSION_UNKNOWN);
            } else {
                ((Reply<Result.Touched>) reply).accepted(new Result.Touched());
            }
        }

        @Override
        public void whenCurrent(Runnable current, Runnable notCurrent) {
            barriers++;
            (unavailable ? notCurrent : current).run();
        }
    }

    private void join(SessionId session, String name) {
        room.apply(new Command.Join(ParticipantName.of(name), session, Optional.empty(), 0), Turn.at(Instant.EPOCH));
    }

    private void pass(int periods) {
        for (int i = 0; i < periods; i++) {
            now += 250;
            period.run();
        }
    }

    private void read(SessionId session) {
        leases.whenCurrent(session, () -> heard.add("current"), () -> heard.add("unavailable"));
    }

    @Test
    void openStreamIsToldInEachPeriodAndOtherSignsOnce() {
        join(ALICE, "alice");
        assertThat(leases.hold(ALICE)).isTrue();
        pass(3);
        assertThat(submitted).hasSize(3).containsOnly(new Command.Touch(ALICE));
        leases.release(ALICE);
        pass(3);
        assertThat(submitted).hasSize(4);
    }

    @Test
    void streamOfASessionThatIsNotKnownYetIsToldOnceItIs() {
        leases.hold(BOB);
        pass(2);
        assertThat(submitted).isEmpty();
        join(BOB, "bob");
        pass(1);
        assertThat(submitted).containsExactly(new Command.Touch(BOB));
    }

    @Test
    void broadcastIsNotToldBecauseTheLogKnowsOfIt() {
        join(ALICE, "alice");
        assertThat(leases.holdAttached(ALICE)).isTrue();
        assertThat(leases.holdAttached(BOB)).isFalse();
        pass(4);
        assertThat(submitted).isEmpty();
    }

    @Test
    void firstReadTouchesAndSoonerOnesWaitForTheEndOfTheLog() {
        join(ALICE, "alice");
        read(ALICE);
        assertThat(submitted).containsExactly(new Command.Touch(ALICE));
        assertThat(barriers).isZero();
        now += 400;
        read(ALICE);
        assertThat(barriers).isEqualTo(1);
        now += 200;
        read(ALICE);
        assertThat(submitted).hasSize(2);
        assertThat(heard).containsExactly("current", "current", "current");
    }

    @Test
    void sessionThatIsUnknownHereIsLookedForInTheLogAndWritesNothing() {
        read(BOB);
        assertThat(barriers).isEqualTo(1);
        assertThat(submitted).isEmpty();
        assertThat(heard).containsExactly("current"); // the read itself refuses it
        assertThat(leases.holdUnlessExpiring(BOB)).isFalse();
    }

    @Test
    void readWithoutTheLogIsRefused() {
        join(ALICE, "alice");
        unavailable = true;
        read(ALICE);
        read(BOB);
        assertThat(heard).containsExactly("unavailable", "unavailable");
    }
}
