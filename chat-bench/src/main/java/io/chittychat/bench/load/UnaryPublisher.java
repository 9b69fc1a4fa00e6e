package io.chittychat.bench.load;

import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.PublishResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Publishes by unary calls, one at a time. */
public final class UnaryPublisher implements LoadPublisher {

    private final LoadParticipant participant;

    public UnaryPublisher(LoadParticipant participant) {
        this.participant = participant;
    }

    @Override
    public CompletableFuture<Latencies> start(Goal goal) {
        Run run = new Run(goal);
        run.publish();
        return run.done;
    }

    /** One run; after the first publish it is used by the connection's thread. */
    private final class Run implements StreamObserver<PublishResponse> {

        private final Goal goal;
        private final Latencies latencies = new Latencies();
        private final CompletableFuture<Latencies> done = new CompletableFuture<>();
        private long sentAt; // nanoseconds
        private long sent;

        Run(Goal goal) {
            this.goal = goal;
        }

        void publish() {
            sent++;
            sentAt = System.nanoTime();
            ClientCalls.asyncUnaryCall(
                    participant.channel().newCall(ChatServiceGrpc.getPublishMethod(), SharedConnections.OPTIONS),
                    participant.next(PublishRun.TEXT),
                    this);
        }

        @Override
        public void onNext(PublishResponse response) {
            participant.received(response.getLamportTime());
        }

        @Override
        public void onCompleted() {
            long now = System.nanoTime();
            latencies.record(now - sentAt);
            if (goal.isReached(now, sent)) {
                done.complete(latencies);
            } else {
                publish();
            }
        }

        @Override
        public void onError(Throwable problem) {
            done.completeExceptionally(problem);
        }
    }
}
