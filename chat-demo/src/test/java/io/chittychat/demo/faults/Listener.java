package io.chittychat.demo.faults;

import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.Event;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Follows the Broadcast and resumes it with its cursor and the epoch. */
final class Listener implements Load.Part {

    private static final int LOOK_MILLIS = 10;

    private final Participant participant;
    private final Queue<Event> heard = new ConcurrentLinkedQueue<>();
    private volatile long newestHeard; // Lamport time of the newest event, 0 for none; gRPC's thread writes it
    private volatile long cursor; // the same, or a later time that the service called safe

    Listener(Participant participant) {
        this.participant = participant;
    }

    @Override
    public void play(Connection connection, Load load) throws InterruptedException {
        participant.enter(connection);
        Replies replies = new Replies();
        connection
                .streams()
                .broadcast(
                        BroadcastRequest.newBuilder()
                                .setSessionToken(participant.token())
                                .setAfterLamportTime(cursor)
                                .setEpoch(participant.epoch())
                                .setLamportTime(participant.tick())
                                .build(),
                        replies);
        while (!replies.ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (load.stopping()) {
                replies.cancel();
                return;
            }
        }
        throw new StatusRuntimeException(replies.outcome);
    }

    /** Lamport time of the newest event that it has heard. */
    long newestHeard() {
        return newestHeard;
    }

    /** Lamport times of what it has heard although it is not, or not exactly so, in the log. */
    List<Long> heardButNotIn(KnownLog log) {
        List<Long> unknown = new ArrayList<>();
        for (Optional<Event> event = next(); event.isPresent(); event = next()) {
            event.filter(one -> !log.has(one)).map(Event::getLamportTime).ifPresent(unknown::add);
        }
        return unknown;
    }

    private Optional<Event> next() {
        return Optional.ofNullable(heard.poll());
    }

    private void hear(Event event) {
        boolean follows = newestHeard == 0
                ? event.getLamportTime() == participant.joinedAt()
                : event.getPreviousLamportTime() == newestHeard && event.getLamportTime() > cursor;
        if (!follows) {
            participant.ledger().problem("after %d, with cursor %d, came %s".formatted(newestHeard, cursor, event));
        }
        heard.add(event);
        newestHeard = event.getLamportTime();
        cursor = newestHeard;
        participant.receive(newestHeard);
    }

    @Override
    public String toString() {
        return participant.name();
    }

    /** One stream. */
    private final class Replies implements ClientResponseObserver<BroadcastRequest, BroadcastResponse> {

        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Status outcome = Status.UNKNOWN;
        private ClientCallStreamObserver<BroadcastRequest> call;

        @Override
        public void beforeStart(ClientCallStreamObserver<BroadcastRequest> stream) {
            call = stream;
        }

        void cancel() throws InterruptedException {
            call.cancel("enough", null);
            ended.await();
        }

        @Override
        public void onNext(BroadcastResponse response) {
            response.getEventsList().forEach(Listener.this::hear);
            if (response.hasCaughtUp()) {
                cursor = response.getCaughtUp().getLamportTime();
                participant.receive(cursor);
            }
        }

        @Override
        public void onError(Throwable failure) {
            outcome = Status.fromThrowable(failure);
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            outcome = Status.OK;
            ended.countDown();
        }
    }
}
