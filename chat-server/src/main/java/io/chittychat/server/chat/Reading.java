package io.chittychat.server.chat;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Session;
import io.chittychat.server.timeline.Reader;
import io.chittychat.server.timeline.Slice;
import io.chittychat.server.timeline.Subscription;
import io.chittychat.v1.BroadcastRequest;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * One Broadcast call: first the reply to its Attach command, then a reader of the timeline that passes slices to the
 * sink. It ends once, whether the caller or the service ends it.
 *
 * <p>Threading: the room thread attaches it; the thread of its connection sends, and cancels it. State that both use is
 * guarded by {@code this}; nothing is sent while that lock is held.
 */
final class Reading implements Reply<Result.Attached>, Reader {

    static final String RPC = "Broadcast";

    private final Broadcasts broadcasts;
    private final BroadcastRequest request;
    private final Session session;
    private final long cursor;
    private final EventSink sink;
    private final ScheduledExecutorService thread;
    private final Optional<Heartbeat> heartbeat;

    private @Nullable Subscription subscription; // guarded by this
    private long attachedAt; // guarded by this; 0 until attached
    private boolean ended; // guarded by this

    /**
     * @param cursor the Lamport time after which the caller is served
     * @param thread serves the sink
     */
    Reading(
            Broadcasts broadcasts,
            BroadcastRequest request,
            Session session,
            long cursor,
            EventSink sink,
            ScheduledExecutorService thread) {
        this.broadcasts = broadcasts;
        this.request = request;
        this.session = session;
        this.cursor = cursor;
        this.sink = sink;
        this.thread = thread;
        this.heartbeat = Heartbeat.of(request.getHeartbeatInterval(), sink, thread, System::nanoTime);
    }

    @Override
    public void accepted(Result.Attached attached) {
        broadcasts.log(request, session.participant(), attached.lamportTime(), "OK", "");
        if (request.getAfterLamportTime() != 0) {
            broadcasts.serviceLog().resumed();
        }
        if (!attach(attached.lamportTime())) {
            broadcasts.detach(session.id(), attached.lamportTime());
        }
        serve(attached.lamportTime()); // even if the caller has gone away: this ends the Broadcast that it superseded
    }

    @Override
    public void refused(Refusal refusal) {
        finish(Failures.of(refusal));
    }

    /** Returns whether the caller is still there. */
    private synchronized boolean attach(long lamportTime) {
        if (!ended) {
            attachedAt = lamportTime;
        }
        return !ended;
    }

    private void serve(long lamportTime) {
        try {
            serving(broadcasts.visible().broadcaster().subscribe(session.id(), this, thread, cursor, lamportTime));
        } catch (RuntimeException | Error e) {
            finish(Failures.unreadable()); // without a subscription the caller would wait forever
            throw e;
        }
    }

    private synchronized void serving(Subscription served) {
        if (ended) {
            served.cancel();
        } else {
            subscription = served;
            served.ready(); // the caller may have become ready before the subscription was set
        }
    }

    private synchronized @Nullable Subscription subscription() {
        return subscription;
    }

    void becameReady() {
        Subscription served = subscription();
        if (served != null) {
            served.ready();
        }
    }

    void callerHasGone() {
        Subscription served = subscription();
        if (served != null) {
            served.cancel();
        }
        if (markEnded()) {
            broadcasts.serviceLog().streamEnd(RPC, session.participant(), "CANCELLED", "");
        }
    }

    @Override
    public boolean isReady() {
        return sink.isReady();
    }

    @Override
    public void send(Slice slice) {
        sink.send(slice);
        heartbeat.ifPresent(Heartbeat::sent);
    }

    @Override
    public void caughtUp(long lamportTime) {
        sink.caughtUp(lamportTime);
        heartbeat.ifPresent(Heartbeat::start);
    }

    @Override
    public void end(End why) {
        switch (why) {
            case LEFT -> complete();
            case SUPERSEDED ->
                finish(Failures.plain(ErrorReason.SUPERSEDED, "a newer Broadcast took over this session"));
            case SLOW_READER ->
                finish(Failures.retry(
                        ErrorReason.SLOW_READER, "the reader made no progress for too long; reconnect and resume"));
            case RESUME_POINT_GONE ->
                finish(Failures.resumePointGone(broadcasts.visible().history().kept()));
            case UNREADABLE -> finish(Failures.unreadable());
            case DAMAGED -> finish(Failures.damaged());
            case NODE_LOST -> finish(Failures.nodeLost());
            case SHUTTING_DOWN -> finish(Failures.shuttingDown());
        }
    }

    private void complete() {
        if (markEnded()) {
            broadcasts.serviceLog().streamEnd(RPC, session.participant(), "OK", "");
            sink.complete();
        }
    }

    private void finish(Status status) {
        if (markEnded()) {
            String outcome = Code.forNumber(status.getCode()).name();
            broadcasts.serviceLog().streamEnd(RPC, session.participant(), outcome, Failures.reason(status));
            sink.fail(status);
        }
    }

    private boolean markEnded() {
        long attached;
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            attached = attachedAt;
        }
        heartbeat.ifPresent(Heartbeat::stop);
        broadcasts.ended(session.id(), attached);
        return true;
    }
}
