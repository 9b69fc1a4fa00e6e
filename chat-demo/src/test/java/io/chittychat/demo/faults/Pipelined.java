package io.chittychat.demo.faults;

import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Publishes over a PublishStream, with many messages under way. In the next life of the service it begins with those that
 * were not answered, and one that was.
 */
final class Pipelined implements Load.Part {

    private static final int WINDOW = 100; // fewer than the service remembers

    private final Participant participant;
    private final ArrayDeque<Long> unanswered = new ArrayDeque<>(); // guarded by this
    private long answered; // guarded by this
    private long sent; // guarded by this

    Pipelined(Participant participant) {
        this.participant = participant;
    }

    @Override
    public void play(Connection connection, Load load) throws InterruptedException {
        participant.enter(connection);
        Queue<Long> repeated = repeated();
        Replies replies = new Replies(WINDOW - repeated.size());
        StreamObserver<PublishRequest> requests = connection.streams().publishStream(replies);
        for (long sequence : repeated) {
            requests.onNext(participant.message(sequence));
        }
        while (!load.stopping() && replies.ended.getCount() > 0) {
            if (replies.window.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                requests.onNext(participant.message(next()));
            }
        }
        if (replies.ended.getCount() > 0) {
            requests.onCompleted();
        }
        if (!replies.ended.await(20, TimeUnit.SECONDS)) {
            participant.ledger().problem(this + ": the stream did not end");
        }
        if (replies.failure.isPresent()) {
            throw new StatusRuntimeException(replies.failure.get());
        }
        participant.leave(connection);
    }

    /** The requests to repeat, in order. */
    private synchronized Queue<Long> repeated() {
        if (answered > 0) {
            unanswered.addFirst(answered);
        }
        return new ArrayDeque<>(unanswered);
    }

    private synchronized long next() {
        sent++;
        unanswered.add(sent);
        return sent;
    }

    private synchronized void answer(PublishResponse response) {
        Long expected = unanswered.poll();
        if (response.hasError() || expected == null || expected != response.getSequence()) {
            participant.ledger().problem("%s expected the reply to %s and got %s".formatted(this, expected, response));
            return;
        }
        answered = Math.max(answered, expected);
        participant.said(expected, response);
    }

    @Override
    public String toString() {
        return participant.name();
    }

    /** The replies of one stream. */
    private final class Replies implements StreamObserver<PublishResponse> {

        private final Semaphore window;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Optional<Status> failure = Optional.empty();

        /** @param window how many more may be sent */
        Replies(int window) {
            this.window = new Semaphore(window);
        }

        @Override
        public void onNext(PublishResponse response) {
            answer(response);
            window.release();
        }

        @Override
        public void onError(Throwable failed) {
            failure = Optional.of(Status.fromThrowable(failed));
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            ended.countDown();
        }
    }
}
