package io.chittychat.server.rpc;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.chittychat.server.chat.Failures;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One PublishStream call: at most {@value #WINDOW} messages under way, replies in the order of the requests. A publisher
 * who does not read its replies is asked for nothing more.
 *
 * <p>Threading: gRPC's thread of the call brings requests, the room thread brings results. What they share is guarded by
 * {@code this}.
 */
final class PublishStream implements StreamObserver<PublishRequest> {

    static final String RPC = "PublishStream";
    private static final int WINDOW = 256;

    private final ServerCallStreamObserver<PublishResponse> replies;
    private final Publishing publishing;
    private final ServiceLog serviceLog;
    private final Consumer<PublishStream> onEnded;

    private final ArrayDeque<Slot> pending = new ArrayDeque<>(); // guarded by this
    private int unasked; // guarded by this; replies sent for which no further request was asked yet
    private boolean halfClosed; // guarded by this
    private boolean ended; // guarded by this

    private String token = ""; // the call's thread
    private SessionId session = SessionTokens.sessionId(""); // the call's thread
    private @Nullable Hold hold; // guarded by this; of the session that the newest message named

    /** @param onEnded called once, when the stream has ended */
    PublishStream(
            ServerCallStreamObserver<PublishResponse> replies,
            Publishing publishing,
            ServiceLog serviceLog,
            Consumer<PublishStream> onEnded) {
        this.replies = replies;
        this.publishing = publishing;
        this.serviceLog = serviceLog;
        this.onEnded = onEnded;
        replies.disableAutoRequest();
        replies.setOnReadyHandler(this::askForMore);
        replies.setOnCancelHandler(this::end);
    }

    /** Begins to take messages. */
    void start() {
        replies.request(WINDOW);
    }

    @Override
    public void onNext(PublishRequest request) {
        if (!request.getSessionToken().isEmpty() && !request.getSessionToken().equals(token)) {
            session = SessionTokens.sessionId(request.getSessionToken());
            token = SessionTokens.mayBe(request.getSessionToken()) ? request.getSessionToken() : "";
        }
        Slot slot = newSlot(request);
        publishing.publish(session, request, slot::refuse, slot);
    }

    /** An open PublishStream is a sign of life of the session that its messages name. */
    private synchronized Slot newSlot(PublishRequest request) {
        if (!ended && (hold == null || !hold.session.equals(session)) && publishing.hold(session)) {
            letGo(hold);
            hold = new Hold(session);
        }
        Slot slot = new Slot(request, session, hold);
        pending.add(slot);
        return slot;
    }

    private static void letGo(@Nullable Hold hold) {
        if (hold != null) {
            hold.letGo();
        }
    }

    /** Keeps a session alive while the stream is open, or names another one, and until its messages are answered. */
    private final class Hold {

        private final SessionId session;
        private int uses = 1; // guarded by the stream; the stream's, and one of each message

        Hold(SessionId session) {
            this.session = session;
        }

        Hold use() {
            uses++;
            return this;
        }

        void letGo() {
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

    /** The service is about to stop. Everything that was taken has been answered. */
    synchronized void shutDown() {
        if (!ended) {
            end();
            replies.onError(StatusProto.toStatusRuntimeException(Failures.shuttingDown()));
        }
    }

    /** Sends the replies that are due, in order. */
    private synchronized void flush() {
        try {
            while (!ended && !pending.isEmpty() && pending.getFirst().reply != null) {
                replies.onNext(pending.removeFirst().reply);
                unasked++;
            }
        } catch (RuntimeException | Error e) {
            fail(); // without that reply the others would be taken for the wrong messages'
            throw e;
        }
        askForMore();
        completeIfDone();
    }

    private void fail() {
        end();
        replies.onError(StatusProto.toStatusRuntimeException(Failures.of(Refusal.LOG_UNAVAILABLE)));
    }

    private synchronized void askForMore() {
        if (!ended && unasked > 0 && replies.isReady()) {
            replies.request(unasked);
            unasked = 0;
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
            letGo(hold);
            hold = null;
        }
        onEnded.accept(this);
    }

    /** A message and, when it is due, the reply to it. */
    private final class Slot implements Reply<Result.Published> {

        private final PublishRequest request;
        private final SessionId sender;
        private final @Nullable Hold hold; // none if there was no such session
        private final long receivedAt = System.nanoTime();
        private @Nullable PublishResponse reply; // guarded by the stream

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
            refuse(Failures.of(refusal));
        }

        void refuse(Status status) {
            log(publishing.nameOf(sender), 0, Code.forNumber(status.getCode()).name(), Failures.reason(status));
            settle(PublishResponse.newBuilder().setError(status));
        }

        private void settle(PublishResponse.Builder response) {
            synchronized (PublishStream.this) {
                reply = response.setSequence(request.getSequence()).build();
                letGo(hold);
                flush();
            }
        }

        private void log(String participant, long lamportOut, String outcome, String reason) {
            serviceLog.call(RPC, participant, request.getLamportTime(), lamportOut, outcome, reason);
        }
    }
}
