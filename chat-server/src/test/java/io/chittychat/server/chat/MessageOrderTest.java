package io.chittychat.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.chittychat.server.log.OpenLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.time.LamportClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Messages of a stream at a process that may be behind; the test ends the waits. */
class MessageOrderTest {

    private static final long AHEAD = LamportClock.MAX_AHEAD + 10;

    private record Wait(Runnable current, Runnable unavailable) {}

    private final LamportClock clock = new LamportClock();
    private final Queue<Wait> waits = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private boolean mayBeBehind = true;
    private final CatchingUp catchingUp =
            new CatchingUp(new Log(), new Validation(clock), (caller, refuse, work, ended) -> work.run());
    private final MessageOrder order = new MessageOrder(catchingUp);

    private final class Log implements OpenLog {
        @Override
        public <R extends Result> void submit(Command<R> command, Reply<R> reply) {}

        @Override
        public void whenCurrent(Runnable current, Runnable unavailable) {
            waits.add(new Wait(current, unavailable));
        }

        @Override
        public boolean mayBeBehind() {
            return mayBeBehind;
        }
    }

    private void say(String text, long time) {
        if (order.isFree(time)) {
            heard.add(text);
        } else {
            order.run(time, () -> heard.add(text), status -> heard.add(text + " " + Failures.reason(status)));
        }
    }

    @Test
    void messageWaitsAndLaterOnesWaitBehindIt() {
        say("one", 1);
        say("two", AHEAD);
        say("three", 2);
        say("four", 3);
        assertThat(heard).containsExactly("one");
        clock.follow(AHEAD);
        say("five", 4);
        assertThat(heard).containsExactly("one");
        waits.remove().current().run();
        say("six", 5);
        assertThat(heard).containsExactly("one", "two", "three", "four", "five", "six");
        assertThat(waits).isEmpty();
    }

    @Test
    void eachThatIsTooFarAheadWaitsOnItsOwn() {
        say("one", AHEAD);
        say("two", 2 * AHEAD);
        clock.follow(AHEAD);
        waits.remove().current().run();
        assertThat(heard).containsExactly("one");
        waits.remove().current().run();
        assertThat(heard).containsExactly("one", "two");
    }

    @Test
    void waitThatIsTooLongIsRefusedAndTheRestGoesOn() {
        say("one", AHEAD);
        say("two", 1);
        waits.remove().unavailable().run();
        assertThat(heard).containsExactly("one LOG_UNAVAILABLE", "two");
    }

    @Test
    void onlyProcessDoesNotWait() {
        mayBeBehind = false;
        say("one", AHEAD);
        assertThat(heard).containsExactly("one"); // the task refuses it
    }

    @Test
    void unaryCallWaits() {
        List<Status> refusals = new ArrayList<>();
        catchingUp.run(1, () -> heard.add("near"), refusals::add);
        catchingUp.run(AHEAD, () -> heard.add("far"), refusals::add);
        catchingUp.run(AHEAD, () -> heard.add("farther"), refusals::add);
        assertThat(heard).containsExactly("near");
        waits.remove().current().run();
        waits.remove().unavailable().run();
        assertThat(heard).containsExactly("near", "far");
        assertThat(refusals).extracting(Failures::reason).containsExactly("LOG_UNAVAILABLE");
    }
}
