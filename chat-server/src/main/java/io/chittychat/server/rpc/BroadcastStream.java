package io.chittychat.server.rpc;

import com.google.rpc.Status;
import io.chittychat.server.chat.EventSink;
import io.chittychat.server.timeline.Slice;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;

/** The response stream of one Broadcast call. It is ready while gRPC has few bytes waiting to be sent to the caller. */
record BroadcastStream(ServerCallStreamObserver<Slice> observer) implements EventSink {

    private static final Slice NOTHING = new Slice(new byte[0], 0, 0, 0);

    @Override
    public void open(Runnable onReady, Runnable onGone) {
        observer.setOnReadyHandler(onReady);
        observer.setOnCancelHandler(onGone);
    }

    @Override
    public boolean isReady() {
        return observer.isReady();
    }

    @Override
    public void send(Slice slice) {
        observer.onNext(slice);
    }

    @Override
    public void caughtUp(long lamportTime) {
        byte[] bytes = BroadcastResponse.newBuilder()
                .setCaughtUp(CaughtUp.newBuilder().setLamportTime(lamportTime))
                .build()
                .toByteArray();
        observer.onNext(new Slice(bytes, 0, bytes.length, lamportTime));
    }

    @Override
    public void heartbeat() {
        observer.onNext(NOTHING);
    }

    @Override
    public void complete() {
        observer.onCompleted();
    }

    @Override
    public void fail(Status why) {
        observer.onError(StatusProto.toStatusRuntimeException(why));
    }
}
