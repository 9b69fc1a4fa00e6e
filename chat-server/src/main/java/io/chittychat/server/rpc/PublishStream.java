package io.chittychat.server.rpc;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.chat.MessageOrder;
import io.chittychat.server.chat.Publishing;
import io.chittychat.server.chat.SessionTokens;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One PublishStream call: at most {@value #WINDOW} messages are unanswered, and replies have the order of the requests.
 * No further messages are requested from a publisher that does not read its replies.
 *
 * <p>Threading: gRPC's thread of the call delivers requests, the room thread delivers results, and the thread of the
 * connection sends replies, all that are ready. The room thread never waits for the other two. State that
 * the other two use is guarded by {@code this}.
 */
final class PublishStream implements StreamObserver<PublishRequest> {

    static final String RPC = "PublishStream";
    private static final int WINDOW = 256;

    private final ServerCallStreamObserver<PublishResponse> replies;
    private final Publishing publishing;
    private final MessageOrder order;
    private final ServiceLog serviceLog;
    private final Executor thread;
    private final Consumer<PublishStream> onEnded;

    private final AtomicBoolean flushing = new AtomicBoolean(); // a flush that has not begun is on its way
    private final ArrayDeque<Slot> pending = new ArrayDeque<>(); // guarded by this
    private int unrequested; // guarded by this; replies sent whose place in the window was not requested again yet
    private boolean halfClosed; // guarded by this
    private boolean ended; // guarded by this

    private String token = ""; // the call's thread
    private SessionId session = SessionTokens.sessionId(""); // the call's thread
    private @Nullable Hold hold; // guarded by this; on the session that the newest message named

    /**
     * @param thread sends the replies: the thread of the call's connection
     * @param onEnded called once, when the stream has ended
     */
    PublishStream(
            ServerCallStreamObserver<PublishResponse> replies,
            Publishing publishing,
            ServiceLog serviceLog,
            Executor thread,
            Consumer<PublishStream> onEnded) {
        this.replies = replies;
        this.publishing = publishing;
        this.order = publishing.newOrder();
        this.serviceLog = serviceLog;
        this.thread = thread;
        this.onEnded = onEnded;
        replies.disableAutoRequest();
        replies.setOnReadyHandler(this::requestMore);
        replies.setOnCancelHandler(this::end);
    }

    /** Requests the first messages. */
    void start() {
        replies.request(WINDOW);
    }

    @Override
    public void onNext(PublishRequest request) {
        if (!request.getSessionToken().isEmpty() && !request.getSessionToken().equals(token)) {
            session = SessionTokens.sessionId(request.getSessionToken());
            token = SessionTokens.isShortEnough(request.getSessionToken()) ? request.getSessionToken() : "";
        }
        Slot slot = newSlot(request);
        publishing.publish(order, session, request, slot::refuse, slot);
    }

    /** Also moves the stream's hold to the session of this message: an open stream keeps its session alive. */
    private synchronized Slot newSlot(PublishRequest request) {
        if (!ended && (hold == null || !hold.session.equals(session)) && publishing.hold(session)) {
            release(hold);
            hold = new Hold(session);
        }
        Slot slot = new Slot(request, session, hold);
        pending.add(slot);
        return slot;
    }

    private static void release(@Nullable Hold hold) {
        if (hold != null) {
            hold.release();
        }
    }

    /** Keeps a session alive: while it is the stream's current session, and until all its messages are answered. */
    private final class Hold {

        private final SessionId session;
        private int uses = 1; // guarded by the stream; one for the stream, one for each unanswered message

        Hold(SessionId session) {
            this.session = session;
        }

        Hold use() {
            uses++;
            return this;
        }

        void release() {
            uses--;
            if (uses == 0) {
                publishing.release(session);
            }
        }
    }

    @Override
    public void onError(Throwable cancelled) {
        end();
    }

    @Override
    public synchronized void onCompleted() {
        halfClosed = true;
        completeIfDone();
    }

    /** Ends the stream because the service stops. Every message that was taken must be answered by then. */
    synchronized void shutDown() {
        send();
        if (!ended) {
            end();
            replies.onError(StatusProto.toStatusRuntimeException(Failures.shuttingDown()));
        }
    }

    /** A message was answered. */
    private void answered() {
        if (!flushing.getAndSet(true)) {
            try {
                thread.execute(this::flush);
            } catch (RejectedExecutionException e) {
                flush(); // the connection is gone; what is left is to release the session
            }
        }
    }

    private void flush() {
        flushing.getAndSet(false); // before it looks for answers: a later one causes another flush
        synchronized (this) {
            send();
            requestMore();
            completeIfDone();
        }
    }

    /** Sends the replies that are ready, up to the first message that has none yet. */
    private void send() {
        try {
            for (Slot slot = pending.peek(); slot != null && slot.reply != null; slot = pending.peek()) {
                pending.remove();
                release(slot.hold);
                if (!ended) {
                    replies.onNext(slot.reply);
                    unrequested++;
                }
            }
        } catch (RuntimeException | Error e) {
            fail(); // a reply is lost, so the publisher would match later replies to the wrong messages
            throw e;
        }
    }

    private void fail() {
        end();
        replies.onError(StatusProto.toStatusRuntimeException(Failures.of(Refusal.LOG_UNAVAILABLE)));
    }

    private synchronized void requestMore() {
        if (!ended && unrequested > 0 && replies.isReady()) {
            replies.request(unrequested);
            unrequested = 0;
        }
    }

    private void completeIfDone() {
        if (halfClosed && pending.isEmpty() && !ended) {
            end();
            replies.onCompleted();
        }
    }

    private void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            release(hold);
            hold = null;
        }
        onEnded.accept(this);
    }

    /** A message, and the reply to it once that is known. */
    private final class Slot implements Reply<Result.Published> {

        private final PublishRequest request;
        private final SessionId sender;
        private final @Nullable Hold hold; // null if the session is unknown
        private final long receivedAt = System.nanoTime();
        private volatile @Nullable PublishResponse reply;

        Slot(PublishRequest request, SessionId sender, @Nullable Hold held) {
            this.request = request;
            this.sender = sender;
            this.hold = held != null && held.session.equals(sender) ? held.use() : null;
        }

        @Override
        public void accepted(Result.Published published) {
            serviceLog.acknowledged(receivedAt);
            log(published.participant(), published.lamportTime(), "OK", "");
            settle(PublishResponse.newBuilder().setLamportTime(published.lamportTime()));
        }

        @Override
        public void refused(Refusal refusal) {
            refuse(publishing.failure(sender, refusal));
        }

        void refuse(Status status) {
            log(publishing.nameOf(sender), 0, Code.forNumber(status.getCode()).name(), Failures.reason(status));
            settle(PublishResponse.newBuilder().setError(status));
        }

        private void settle(PublishResponse.Builder response) {
            reply = response.setSequence(request.getSequence()).build();
            answered();
        }

        private void log(String participant, long lamportOut, String outcome, String reason) {
            serviceLog.call(RPC, participant, request.getLamportTime(), lamportOut, outcome, reason);
        }
    }
}
