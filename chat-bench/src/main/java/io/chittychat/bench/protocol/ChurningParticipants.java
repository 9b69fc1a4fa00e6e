package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.LeaveResponse;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Participants that only join and leave. Threading: one thread; replies arrive on others. */
public final class ChurningParticipants {

    private final ChatServiceGrpc.ChatServiceStub stub;
    private final Queue<String> present = new ConcurrentLinkedQueue<>(); // their tokens
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> problem = new AtomicReference<>();
    private int came;

    ChurningParticipants(Channel channel) {
        this.stub = ChatServiceGrpc.newStub(channel);
    }

    /** Starts a join. */
    public void come() {
        stub.join(
                JoinRequest.newBuilder()
                        .setParticipantName("visitor " + came++)
                        .setLamportTime(1)
                        .build(),
                new Reply<JoinResponse>(joined -> present.add(joined.getSessionToken())));
    }

    /** Starts the leave of the participant with the oldest join, if there is one. */
    public void go() {
        String token = present.poll();
        if (token != null) {
            stub.leave(
                    LeaveRequest.newBuilder()
                            .setSessionToken(token)
                            .setLamportTime(1)
                            .build(),
                    new Reply<LeaveResponse>(left -> {}));
        }
    }

    /** The number of joins and leaves. Errors: {@link BenchException} if one has failed. */
    public int done() {
        Throwable failure = problem.get();
        if (failure != null) {
            throw new BenchException("a visitor failed: " + failure, failure);
        }
        return done.get();
    }

    private final class Reply<T> implements StreamObserver<T> {

        private final Consumer<T> then;

        Reply(Consumer<T> then) {
            this.then = then;
        }

        @Override
        public void onNext(T reply) {
            done.incrementAndGet();
            then.accept(reply);
        }

        @Override
        public void onError(Throwable failure) {
            problem.set(failure);
        }

        @Override
        public void onCompleted() {
            // Nothing follows.
        }
    }
}
