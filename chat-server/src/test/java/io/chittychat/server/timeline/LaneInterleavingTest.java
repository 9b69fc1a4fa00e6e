package io.chittychat.server.timeline;

import static io.chittychat.server.Interleavings.inParallel;
import static io.chittychat.server.Interleavings.require;

import io.chittychat.server.ExploresInterleavings;
import io.chittychat.server.Interleavings;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A lane's thread, the room's, which appends and brings a newcomer, and one on which a slow reader becomes ready. However
 * they interleave, when all is quiet every reader that is ready was served up to the newest view.
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
        timeline.show(new Events().next(1, 1), 1);
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
                thread::runHanded);
        thread.runAll(QUIET);

        require(costly.cursor == 1, "the reader who was there was not served");
        require(slow.cursor == 1, "the reader who became ready was not served");
        require(newcomer.cursor == 1 && newcomer.hasCaughtUp, "the newcomer was not served");
    }

    /** What the timeline shows, which needs no encoder here. */
    private static final class Shown {
        private volatile View view;

        Shown(View view) {
            this.view = view;
        }

        View view() {
            return view;
        }
    }

    /** A reader that only notes what it got. */
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
