package io.chittychat.server.rpc;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Session;
import io.chittychat.server.timeline.History;
import io.chittychat.server.timeline.Reader;
import io.chittychat.server.timeline.Slice;
import io.chittychat.server.timeline.Subscription;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The stream of one Broadcast call: passes slices on as fast as its participant takes them, and tells once when it has
 * ended, whoever ended it.
 *
 * <p>Threading: the room thread attaches it, its connection's thread sends and cancels it. What they share is
 * guarded by {@code this}; nothing is sent under that lock.
 */
final class BroadcastStream implements Reader {

    static final String RPC = "Broadcast";

    private final ServerCallStreamObserver<BroadcastFrame> observer;
    private final Session session;
    private final History history;
    private final ServiceLog log;
    private final LongConsumer onEnded;

    private @Nullable Subscription subscription; // guarded by this
    private long attachedAt; // guarded by this; 0 until attached
    private boolean ended; // guarded by this

    /**
     * @param onEnded called once, when the stream has ended, with the Lamport time at which it was attached (0 if it
     *     never was)
     */
    BroadcastStream(
            ServerCallStreamObserver<BroadcastFrame> observer,
            Session session,
            History history,
            ServiceLog log,
            LongConsumer onEnded) {
        this.observer = observer;
        this.session = session;
        this.history = history;
        this.log = log;
        this.onEnded = onEnded;
        observer.setOnReadyHandler(this::becameReady);
        observer.setOnCancelHandler(this::cancelled);
    }

    /**
     * The room accepted the call.
     *
     * @return whether anybody is still there to be served
     */
    synchronized boolean attached(long lamportTime) {
        if (!ended) {
            attachedAt = lamportTime;
        }
        return !ended;
    }

    /** The stream is being served. */
    synchronized void serving(Subscription served) {
        if (ended) {
            served.cancel();
        } else {
            subscription = served;
            served.ready(); // it may have become ready while nobody was there to be told
        }
    }

    /** The call was refused before anything was sent. */
    void refuse(Status status) {
        finish(status);
    }

    private synchronized @Nullable Subscription subscription() {
        return subscription;
    }

    private void becameReady() {
        Subscription served = subscription();
        if (served != null) {
            served.ready();
        }
    }

    private void cancelled() {
        Subscription served = subscription();
        if (served != null) {
            served.cancel();
        }
        if (markEnded()) {
            log.streamEnd(RPC, session.participant(), "CANCELLED", "");
        }
    }

    @Override
    public boolean isReady() {
        return observer.isReady();
    }

    @Override
    public void send(Slice slice) {
        observer.onNext(BroadcastFrame.of(slice));
    }

    @Override
    public void caughtUp(long lamportTime) {
        observer.onNext(BroadcastFrame.caughtUp(lamportTime));
    }

    @Override
    public void end(End why) {
        switch (why) {
            case LEFT -> complete();
            case SUPERSEDED ->
                finish(Failures.plain(ErrorReason.SUPERSEDED, "a newer Broadcast took over this session"));
            case SLOW_READER ->
                finish(Failures.retry(
                        ErrorReason.SLOW_READER, "the reader made no progress for too long; resume when it can"));
            case RESUME_POINT_GONE -> finish(Failures.resumePointGone(history.kept()));
            case UNREADABLE -> finish(Failures.unreadable());
            case SHUTTING_DOWN -> finish(Failures.shuttingDown());
        }
    }

    private void complete() {
        if (markEnded()) {
            log.streamEnd(RPC, session.participant(), "OK", "");
            observer.onCompleted();
        }
    }

    private void finish(Status status) {
        if (markEnded()) {
            String outcome = Code.forNumber(status.getCode()).name();
            log.streamEnd(RPC, session.participant(), outcome, Failures.reason(status));
            observer.onError(StatusProto.toStatusRuntimeException(status));
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
        onEnded.accept(attached);
        return true;
    }
}
