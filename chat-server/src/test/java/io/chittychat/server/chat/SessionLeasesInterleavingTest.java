package io.chittychat.server.chat;

import static io.chittychat.server.Interleavings.inParallel;
import static io.chittychat.server.Interleavings.require;

import io.chittychat.server.ExploresInterleavings;
import io.chittychat.server.Interleavings;
import io.chittychat.server.log.OpenLog;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.timeline.ManualThread;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The check of a session whose resume window is over, together with a sign of life of that session. In every
 * interleaving, a session that was answered as alive is expired once it has been silent for another window, and not
 * earlier.
 */
@ExploresInterleavings
class SessionLeasesInterleavingTest {

    private static final SessionId SESSION = new SessionId(1, 2);
    private static final SessionId REPEATED = new SessionId(3, 4);
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final ServiceLog serviceLog = new ServiceLog(new CallMeters(new SimpleMeterRegistry()), false);

    @Test
    void sessionAnsweredWithoutTheRoomIsNotExpired() {
        Interleavings.explore(() -> {
            Moment moment = new Moment();
            AtomicInteger alive = new AtomicInteger();
            inParallel(moment::check, () -> {
                if (moment.leases.holdUnlessExpiring(SESSION)) {
                    alive.set(1);
                    moment.leases.release(SESSION);
                }
            });
            require(alive.get() + moment.log.expiries.get() == 1, "answered as alive and expired, or neither");
            moment.requireExpiryAfterSilence();
        });
    }

    @Test
    void expiryIsNotOrderedAfterACommandOfItsSession() {
        Interleavings.explore(() -> {
            Moment moment = new Moment();
            inParallel(moment::check, () -> {
                Reply<Result.Left> reply = moment.leases.holdUntilAnswered(SESSION, Reply.ignored());
                moment.log.submit(new Command.Leave(SESSION, 1), reply);
                reply.accepted(new Result.Left("alice", 7));
            });
            require(!moment.log.expiredAfterCommand, "an expiry is ordered after a command of its session");
            moment.requireExpiryAfterSilence();
        });
    }

    @Test
    void expiryAfterARepeatedJoinNamesThatJoin() {
        Interleavings.explore(() -> {
            Moment moment = new Moment();
            AtomicInteger expiriesBefore = new AtomicInteger();
            inParallel(moment::check, () -> {
                moment.leases.open(SESSION, REPEATED);
                expiriesBefore.set(moment.log.expiries.get());
            });
            require(
                    moment.log.expiries.get() == expiriesBefore.get(),
                    "a session expires although its join was repeated");
            if (moment.log.expiries.get() == 0) {
                moment.requireExpiryAfterSilence();
                require(REPEATED.equals(moment.log.newestJoin), "the expiry does not name the repeated join");
            }
        });
    }

    @Test
    void noHoldIsLost() {
        Interleavings.explore(() -> {
            Moment moment = new Moment();
            moment.leases.touch(SESSION);
            inParallel(() -> moment.leases.hold(SESSION), () -> moment.leases.hold(SESSION));
            moment.leases.release(SESSION);
            moment.pass();
            require(moment.log.expiries.get() == 0, "a session with an open stream expires");
            inParallel(() -> moment.leases.hold(SESSION), () -> moment.leases.release(SESSION));
            moment.leases.release(SESSION);
            moment.requireExpiryAfterSilence();
        });
    }

    /** The moment at which the window of a session ends. */
    private final class Moment {

        private final ManualThread timer = new ManualThread();
        private final Submissions log = new Submissions();
        private final SessionLeases leases = new SessionLeases(log, timer, timer::nanoTime, WINDOW, serviceLog);

        Moment() {
            leases.open(SESSION, SESSION);
            timer.pass(WINDOW.toNanos());
        }

        void check() {
            timer.runAll(0);
        }

        void pass() {
            timer.pass(WINDOW.toNanos());
            check();
        }

        void requireExpiryAfterSilence() {
            pass();
            pass(); // the first check may have come before the window was over
            require(log.expiries.get() == 1, "a silent session does not expire, or expires twice");
        }
    }

    /** Notes the submitted commands, and answers none. */
    private static final class Submissions implements OpenLog {

        private final AtomicInteger expiries = new AtomicInteger();
        private volatile boolean hasCommand;
        private volatile boolean expiredAfterCommand;
        private volatile @Nullable SessionId newestJoin;

        @Override
        public <R extends Result> void submit(Command<R> command, Reply<R> reply) {
            if (command instanceof Command.Expire expire) {
                newestJoin = expire.newestJoin();
                expiredAfterCommand = hasCommand && expiries.get() == 0;
                expiries.incrementAndGet();
            } else {
                hasCommand = true;
            }
        }
    }
}
