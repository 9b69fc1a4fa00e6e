package io.chittychat.server.timeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A reader that keeps the events it is sent; the test sets whether it is ready. */
class FakeReader implements Reader {

    final List<Long> received = new CopyOnWriteArrayList<>();
    final List<Long> caughtUp = new CopyOnWriteArrayList<>();
    volatile boolean ready = true;
    volatile Runnable onSend = () -> {};
    volatile @Nullable End end;

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void send(Slice slice) {
        check();
        received.addAll(Events.times(slice.events()));
        onSend.run();
    }

    @Override
    public void caughtUp(long lamportTime) {
        check();
        caughtUp.add(lamportTime);
    }

    @Override
    public void end(End why) {
        check();
        end = why;
    }

    private void check() {
        if (end != null) {
            throw new AssertionError("the reader is called after its end");
        }
    }
}
