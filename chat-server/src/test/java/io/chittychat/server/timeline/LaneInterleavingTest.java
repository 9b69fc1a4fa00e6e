package io.chittychat.server.timeline;

import static io.chittychat.server.Interleavings.inParallel;
import static io.chittychat.server.Interleavings.require;

import io.chittychat.server.ExploresInterleavings;
import io.chittychat.server.Interleavings;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Interleavings of a lane's thread, the room thread, which appends and adds a reader, and a thread on which a slow
 * reader becomes ready. In the end, every reader that is ready has been served up to the newest view.
 */
@ExploresInterleavings
class LaneInterleavingTest {

    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(80); // longer than any rest
    private static final long LONG_ROUND = TimeUnit.MILLISECONDS.toNanos(10); // the lane rests after it
    private static final long TIMEOUT = TimeUnit.MINUTES.toNanos(1);

    private final View before;
    private final View after;
    private final CatchUp catchUp = new CatchUp(new FakeArchive(), Runnable::run);

    LaneInterleavingTest() {
        Timeline timeline = new Timeline(0, 1);
        before = timeline.view();
        Events.show(timeline, new Events().next(1, 1), 1);
        after = timeline.view();
    }

    @Test
    void everyReaderIsServedHoweverItsWakeUpsInterleave() {
        Interleavings.explore(this::serveThree);
    }

    private void serveThree() {
        ManualThread thread = new ManualThread();
        Shown shown = new Shown(before);
        Lane lane = new Lane(thread, shown::view, catchUp, TIMEOUT, thread::nanoTime);
        Quiet costly = new Quiet(true, () -> thread.pass(LONG_ROUND));
        Quiet slow = new Quiet(false, () -> {});
        Quiet newcomer = new Quiet(true, () -> {});
        lane.add(new Subscription(costly, 0, 0, lane, ended -> {}));
        Subscription slowOne = new Subscription(slow, 0, 0, lane, ended -> {});
        lane.add(slowOne);
        thread.runAll(QUIET);

        inParallel(
                () -> {
                    shown.view = after;
                    lane.wakeAll();
                    lane.add(new Subscription(newcomer, 0, 1, lane, ended -> {}));
                },
                () -> {
                    slow.ready = true;
                    slowOne.ready();
                },
                thread::runQueued);
        thread.runAll(QUIET);

        require(costly.cursor == 1, "the earlier reader was not served");
        require(slow.cursor == 1, "the reader that became ready was not served");
        require(newcomer.cursor == 1 && newcomer.hasCaughtUp, "the newcomer was not served");
    }

    /** Holds the view that the timeline would show, without encoding events. */
    private static final class Shown {
        private volatile View view;

        Shown(View view) {
            this.view = view;
        }

        View view() {
            return view;
        }
    }

    /** A reader that only notes its cursor. */
    private static final class Quiet implements Reader {
        private volatile boolean ready;
        private final Runnable afterSend;
        private long cursor; // the lane's thread's
        private boolean hasCaughtUp; // the lane's thread's

        Quiet(boolean ready, Runnable afterSend) {
            this.ready = ready;
            this.afterSend = afterSend;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void send(Slice slice) {
            cursor = slice.lastLamportTime();
            afterSend.run();
        }

        @Override
        public void caughtUp(long lamportTime) {
            hasCaughtUp = true;
        }

        @Override
        public void end(End why) {}
    }
}
