package io.chittychat.demo.faults.witness;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import io.chittychat.v1.PublishRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A participant that publishes and reads all the time and does nothing wrong. Each publish has to be answered within a
 * bound and heard once, and its Broadcast has to have neither a gap nor an end. Safe for use by several threads.
 */
public final class HealthyParticipant implements AutoCloseable {

    /** Generous: only a service that stands still takes longer. */
    private static final int ANSWER_SECONDS = 10;

    private static final int PAUSE_MILLIS = 5; // between a reply and the next publish
    private static final int PAGE = 1000;

    private final String name;
    private final ManagedChannel channel;
    private final ScheduledExecutorService publisher;
    private final HeardLog heard;
    private final Latencies latencies = new Latencies();
    private final AtomicLong clock = new AtomicLong();
    private final String token;
    private volatile boolean closing;
    private volatile Acknowledged newest = new Acknowledged(0, 0);

    /** The publish that was answered last. */
    private record Acknowledged(long sequence, long time) {}

    private HealthyParticipant(String name, ManagedChannel channel) {
        this.name = name;
        this.channel = channel;
        this.heard = new HeardLog(name);
        this.publisher = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
        this.token = ChatServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(ANSWER_SECONDS, SECONDS)
                .join(JoinRequest.newBuilder().setParticipantName(name).build())
                .getSessionToken();
    }

    /**
     * Joins, and begins to talk.
     *
     * @param address host and port
     */
    public static HealthyParticipant join(String name, String address) {
        HealthyParticipant participant = new HealthyParticipant(
                name, ManagedChannelBuilder.forTarget(address).usePlaintext().build());
        participant.begin();
        return participant;
    }

    private void begin() {
        ChatServiceGrpc.newStub(channel)
                .broadcast(BroadcastRequest.newBuilder().setSessionToken(token).build(), new Events());
        publisher.scheduleWithFixedDelay(this::publish, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void publish() {
        long sequence = newest.sequence() + 1;
        PublishRequest request = PublishRequest.newBuilder()
                .setSessionToken(token)
                .setText("message %d of %s".formatted(sequence, name))
                .setLamportTime(clock.incrementAndGet())
                .setSequence(sequence)
                .build();
        long start = System.nanoTime();
        try {
            long time = ChatServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(ANSWER_SECONDS, SECONDS)
                    .publish(request)
                    .getLamportTime();
            latencies.add(System.nanoTime() - start);
            see(time);
            newest = new Acknowledged(sequence, time);
        } catch (StatusRuntimeException e) {
            if (!closing) {
                heard.problem("message %d of %s was not answered: %s".formatted(sequence, name, e.getStatus()));
            }
        }
    }

    private void see(long time) {
        clock.accumulateAndGet(time, (own, seen) -> Math.max(own, seen) + 1);
    }

    /** How long its publishes took since this was last asked. */
    public Latencies latencies() {
        return latencies.take();
    }

    /** Waits until it has published again and has heard it; what it holds against the service, which should be nothing. */
    public List<String> check() {
        Acknowledged before = newest;
        await().atMost(2 * ANSWER_SECONDS, SECONDS)
                .until(() -> newest != before || !problems().isEmpty());
        Acknowledged last = newest;
        await().atMost(2 * ANSWER_SECONDS, SECONDS)
                .until(() ->
                        heard.heard(last.sequence(), last.time()) || !problems().isEmpty());
        return problems();
    }

    private List<String> problems() {
        return heard.problems();
    }

    /** Reads the log once more, from its first event on, and compares it with what it has heard; how many events. */
    public int compareWithHistory() {
        long after = heard.oldest() - 1;
        while (true) {
            ListEventsResponse page = ChatServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(ANSWER_SECONDS, SECONDS)
                    .listEvents(ListEventsRequest.newBuilder()
                            .setSessionToken(token)
                            .setAfterLamportTime(after)
                            .setPageSize(PAGE)
                            .build());
            heard.compare(page.getEventsList());
            if (page.getEventsCount() < PAGE) {
                return heard.events();
            }
            after = page.getEvents(PAGE - 1).getLamportTime();
        }
    }

    @Override
    public void close() {
        closing = true;
        publisher.shutdownNow();
        channel.shutdownNow();
    }

    /** What its Broadcast brings. */
    private final class Events implements StreamObserver<BroadcastResponse> {

        @Override
        public void onNext(BroadcastResponse response) {
            response.getEventsList().forEach(heard::add);
            response.getEventsList().forEach(event -> see(event.getLamportTime()));
        }

        @Override
        public void onError(Throwable failure) {
            if (!closing) {
                heard.problem("the Broadcast of %s has ended: %s".formatted(name, failure));
            }
        }

        @Override
        public void onCompleted() {
            onError(new IllegalStateException("completed"));
        }
    }
}
