package io.chittychat.bench.load;

import io.chittychat.bench.BenchException;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes over one PublishStream, with several messages under way. Each run is a stream. */
public final class StreamPublisher implements LoadPublisher {

    private final LoadParticipant participant;
    private final int outstanding;

    /** @param outstanding the number of messages under way */
    public StreamPublisher(LoadParticipant participant, int outstanding) {
        this.participant = participant;
        this.outstanding = outstanding;
    }

    @Override
    public CompletableFuture<Latencies> start(Goal goal) {
        Run run = new Run(goal);
        ChatServiceGrpc.newStub(participant.channel()).publishStream(run);
        run.begin();
        return run.done;
    }

    /** One stream. State shared by replies and the beginning is guarded by {@code this}. */
    private final class Run implements ClientResponseObserver<PublishRequest, PublishResponse> {

        private final Goal goal;
        private final Latencies latencies = new Latencies();
        private final CompletableFuture<Latencies> done = new CompletableFuture<>();
        private final long[] sentAt = new long[outstanding]; // nanoseconds; replies arrive in the order of the requests
        private @Nullable ClientCallStreamObserver<PublishRequest> requests;
        private long sent;
        private long answered;

        Run(Goal goal) {
            this.goal = goal;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<PublishRequest> stream) {
            requests = stream;
        }

        synchronized void begin() {
            while (sent < outstanding && !goal.isReached(System.nanoTime(), sent)) {
                publish(System.nanoTime());
            }
        }

        private void publish(long now) {
            sentAt[(int) (sent++ % outstanding)] = now;
            stream().onNext(participant.next(PublishRun.TEXT));
        }

        @Override
        public synchronized void onNext(PublishResponse response) {
            if (response.hasError()) {
                stream().cancel(response.getError().getMessage(), null);
                return;
            }
            long now = System.nanoTime();
            latencies.record(now - sentAt[(int) (answered++ % outstanding)]);
            participant.received(response.getLamportTime());
            if (!goal.isReached(now, sent)) {
                publish(now);
            } else if (answered == sent) {
                stream().onCompleted();
            }
        }

        @Override
        public void onCompleted() {
            done.complete(latencies);
        }

        @Override
        public void onError(Throwable problem) {
            done.completeExceptionally(problem);
        }

        private ClientCallStreamObserver<PublishRequest> stream() {
            if (requests == null) {
                throw new BenchException("the stream is not open yet");
            }
            return requests;
        }
    }
}
