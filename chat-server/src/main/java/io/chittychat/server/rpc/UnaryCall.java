package io.chittychat.server.rpc;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.chittychat.server.chat.Answer;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Refusal;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * The answer to a unary call; also writes the call's line to the service log.
 *
 * <p>Threading: the call's thread creates it; one thread, that or another, answers.
 *
 * @param <T> the response
 */
final class UnaryCall<T> implements Answer<T> {

    private final ServiceLog log;
    private final String rpc;
    private final long lamportIn;
    private final StreamObserver<T> observer;
    private String participant;

    /**
     * @param participant the caller's name; empty if it is not known
     * @param lamportIn the request's Lamport time; 0 if it has none
     */
    UnaryCall(ServiceLog log, String rpc, String participant, long lamportIn, StreamObserver<T> observer) {
        this.log = log;
        this.rpc = rpc;
        this.participant = participant;
        this.lamportIn = lamportIn;
        this.observer = observer;
        // With a handler, gRPC drops the answer to a caller that has cancelled; without one it would throw.
        ((ServerCallStreamObserver<T>) observer).setOnCancelHandler(() -> {});
    }

    @Override
    public void succeed(T response, String participant, long lamportOut) {
        this.participant = participant;
        log(lamportOut, "OK", "");
        try {
            observer.onNext(response);
            observer.onCompleted();
        } catch (RuntimeException | Error e) {
            observer.onError(StatusProto.toStatusRuntimeException(Failures.of(Refusal.LOG_UNAVAILABLE)));
            throw e;
        }
    }

    @Override
    public void fail(Status status) {
        log(0, Code.forNumber(status.getCode()).name(), Failures.reason(status));
        observer.onError(StatusProto.toStatusRuntimeException(status));
    }

    private void log(long lamportOut, String outcome, String reason) {
        log.call(rpc, participant, lamportIn, lamportOut, outcome, reason);
    }
}
