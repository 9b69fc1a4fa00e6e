package io.chittychat.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.chittychat.server.log.Answer;
import io.chittychat.server.log.OpenLog;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases on a simulated clock; the test runs the scheduled tasks. */
class SessionLeasesTest {

    private static final SessionId SESSION = new SessionId(1, 2);

    private record Task(long due, Runnable action) {}

    private final PriorityQueue<Task> tasks = new PriorityQueue<>((a, b) -> Long.compare(a.due(), b.due()));
    private final List<Command<?>> submitted = new ArrayList<>();
    private final ScheduledExecutorService timer = mock(ScheduledExecutorService.class);
    private long now; // milliseconds
    private Optional<Refusal> refusal = Optional.of(Refusal.SESSION_UNKNOWN);
    private boolean slow; // whether the log delays its answers until the test delivers them
    private final List<Runnable> underWay = new ArrayList<>();
    private SessionLeases leases;

    @BeforeEach
    void simulate() {
        when(timer.schedule(any(Runnable.class), anyLong(), any())).thenAnswer(call -> {
            tasks.add(new Task(now + call.<Long>getArgument(1) / 1_000_000, call.getArgument(0)));
            return null;
        });
        leases = new SessionLeases(
                new Submissions(),
                timer,
                () -> now * 1_000_000,
                Duration.ofMillis(1000),
                new ServiceLog(new CallMeters(new SimpleMeterRegistry()), false));
        leases.open(SESSION, SESSION);
    }

    private final class Submissions implements OpenLog {
        @Override
        public <R extends Result> void submit(Command<R> command, Reply<R> reply) {
            submitted.add(command);
            Runnable answer = () -> refusal.ifPresentOrElse(reply::refused, () -> expired(reply));
            if (slow) {
                underWay.add(answer);
            } else {
                answer.run();
            }
        }

        @SuppressWarnings("unchecked") // leases submit only expiries
        private static void expired(Reply<?> reply) {
            ((Reply<Result.Left>) reply).accepted(new Result.Left("alice", 7));
        }
    }

    private void advanceTo(long time) {
        while (!tasks.isEmpty() && tasks.peek().due() <= time) {
            Task task = tasks.remove();
            now = task.due();
            task.action().run();
        }
        now = time;
    }

    @Test
    void sessionWithoutASignOfLifeExpiresAfterTheWindow() {
        advanceTo(999);
        assertThat(submitted).isEmpty();
        advanceTo(1000);
        assertThat(submitted).containsExactly(new Command.Expire(SESSION, SESSION));
    }

    @Test
    void sessionThatExpiredIsForgotten() {
        refusal = Optional.empty();
        advanceTo(1000);
        assertThat(leases.hold(SESSION)).isFalse();
    }

    @Test
    void everyCallBeginsTheWindowAnew() {
        advanceTo(900);
        leases.touch(SESSION);
        advanceTo(1899);
        assertThat(submitted).isEmpty();
        advanceTo(1900);
        assertThat(submitted).hasSize(1);
    }

    @Test
    void openStreamsKeepASessionAliveAndTheWindowBeginsWhenTheLastOneEnds() {
        leases.hold(SESSION);
        leases.hold(SESSION);
        advanceTo(5000);
        leases.release(SESSION);
        advanceTo(9300);
        leases.release(SESSION);
        advanceTo(10_299);
        assertThat(submitted).isEmpty();
        advanceTo(10_300);
        assertThat(submitted).hasSize(1);
    }

    @Test
    void endedSessionDoesNotExpire() {
        leases.end(SESSION);
        advanceTo(5000);
        assertThat(submitted).isEmpty();
        assertThat(leases.hold(SESSION)).isFalse();
    }

    @Test
    void sessionWhoseExpiryIsRefusedIsCheckedAgain() {
        refusal = Optional.of(Refusal.SESSION_ALIVE);
        advanceTo(1000);
        refusal = Optional.of(Refusal.SESSION_UNKNOWN);
        advanceTo(5000);
        assertThat(submitted).hasSize(2);
    }

    @Test
    void callKeepsItsSessionAliveUntilItIsAnswered() {
        Answer<Result.Published> answer = new Answer<>();
        Reply<Result.Published> reply = leases.holdUntilAnswered(SESSION, answer);
        advanceTo(60_000); // the log hangs
        assertThat(submitted).isEmpty();
        reply.accepted(new Result.Published("alice", 7, false));
        assertThat(answer.isAccepted()).isTrue();
        advanceTo(60_999);
        assertThat(submitted).isEmpty();
        advanceTo(61_999);
        assertThat(submitted).hasSize(1);
    }

    @Test
    void callWithoutACommandIsRefusedWhileAnExpiryIsUnderWay() {
        slow = true;
        advanceTo(999);
        assertThat(leases.holdUnlessExpiring(SESSION)).isTrue();
        leases.release(SESSION);
        advanceTo(1999);
        assertThat(submitted).hasSize(1);
        assertThat(leases.holdUnlessExpiring(SESSION)).isFalse();
        refusal = Optional.of(Refusal.STORE_FULL);
        underWay.remove(0).run();
        assertThat(leases.holdUnlessExpiring(SESSION)).isTrue();
    }

    @Test
    void expiryUnderWayDoesNotNameAJoinRepeatedMeanwhile() {
        SessionId repeat = new SessionId(3, 4);
        slow = true;
        advanceTo(1000);
        assertThat(submitted).containsExactly(new Command.Expire(SESSION, SESSION));
        leases.open(SESSION, repeat); // the room orders it before the expiry, and refuses the expiry
        assertThat(leases.holdUnlessExpiring(SESSION)).isTrue();
        leases.release(SESSION);
        refusal = Optional.of(Refusal.SESSION_ALIVE);
        underWay.remove(0).run();
        advanceTo(2000);
        assertThat(submitted).hasSize(2).endsWith(new Command.Expire(SESSION, repeat));
    }
}
