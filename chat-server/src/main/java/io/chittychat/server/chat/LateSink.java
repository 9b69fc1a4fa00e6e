package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.server.timeline.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose Broadcast is opened later, because this process may be behind others. The sink behind it is opened at once,
 * while its protocol allows it.
 *
 * <p>Threading: as of {@link EventSink}; one thread opens it, any thread reports that the caller has gone away.
 */
final class LateSink implements EventSink {

    private final EventSink sink;
    private @Nullable Runnable onReady; // guarded by this
    private @Nullable Runnable onGone; // guarded by this
    private boolean gone; // guarded by this

    LateSink(EventSink sink) {
        this.sink = sink;
        sink.open(this::becameReady, this::callerHasGone);
    }

    private void becameReady() {
        run(readyTask());
    }

    private synchronized @Nullable Runnable readyTask() {
        return onReady;
    }

    private void callerHasGone() {
        Runnable task;
        synchronized (this) {
            gone = true;
            task = onGone;
        }
        run(task);
    }

    private static void run(@Nullable Runnable task) {
        if (task != null) {
            task.run();
        }
    }

    @Override
    public void open(Runnable ready, Runnable goneAway) {
        boolean isGone;
        synchronized (this) {
            onReady = ready;
            onGone = goneAway;
            isGone = gone;
        }
        if (isGone) {
            goneAway.run();
        }
    }

    @Override
    public boolean isReady() {
        return sink.isReady();
    }

    @Override
    public void send(Slice slice) {
        sink.send(slice);
    }

    @Override
    public void caughtUp(long lamportTime) {
        sink.caughtUp(lamportTime);
    }

    @Override
    public void heartbeat() {
        sink.heartbeat();
    }

    @Override
    public void complete() {
        sink.complete();
    }

    @Override
    public void fail(Status why) {
        sink.fail(why);
    }
}
