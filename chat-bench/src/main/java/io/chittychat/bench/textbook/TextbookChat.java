package io.chittychat.bench.textbook;

import com.google.protobuf.Timestamp;
import io.chittychat.text.MessageText;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The participants and the clock. Each publisher waits until the message is given to all streams, ready or not: messages for slow
 * streams stay in memory.
 *
 * <p>Threading: any thread; one lock guards it all. Errors: {@link io.grpc.StatusRuntimeException}.
 */
final class TextbookChat {

    private final LamportClock clock = new LamportClock();
    private final Map<String, Member> participants = new HashMap<>(); // by session token
    private long newestEvent;

    /** A participant, without a stream until it broadcasts. */
    private static final class Member {
        final String name;

        @Nullable
        Event joined;

        @Nullable
        StreamObserver<BroadcastResponse> stream;

        Member(String name) {
            this.name = name;
        }
    }

    /** The result of a join. */
    record Joined(String token, long lamportTime) {}

    synchronized Joined join(String name, long lamportTime) {
        if (participants.values().stream().anyMatch(present -> present.name.equals(name))) {
            throw Status.ALREADY_EXISTS.withDescription("the name is taken").asRuntimeException();
        }
        Member participant = new Member(name);
        Event joined = event(EventType.EVENT_TYPE_JOINED, participant, lamportTime);
        participant.joined = joined;
        broadcast(joined);
        String token = UUID.randomUUID().toString();
        participants.put(token, participant);
        return new Joined(token, joined.getLamportTime());
    }

    synchronized long publish(String token, String text, long lamportTime, long sequence) {
        Member participant = present(token);
        MessageText.problem(text).ifPresent(problem -> {
            throw Status.INVALID_ARGUMENT
                    .withDescription("the text " + problem.description())
                    .asRuntimeException();
        });
        Event published = event(EventType.EVENT_TYPE_PUBLISHED, participant, lamportTime).toBuilder()
                .setText(text)
                .setSequence(sequence)
                .build();
        broadcast(published);
        return published.getLamportTime();
    }

    /** Sends the participant's own join, and all later events. */
    synchronized void attach(String token, long lamportTime, StreamObserver<BroadcastResponse> stream) {
        Member participant = present(token);
        long time = clock.witness(lamportTime);
        participant.stream = stream;
        if (participant.joined != null) {
            stream.onNext(of(participant.joined));
            participant.joined = null;
        }
        stream.onNext(BroadcastResponse.newBuilder()
                .setCaughtUp(CaughtUp.newBuilder().setLamportTime(time))
                .build());
    }

    synchronized long leave(String token, long lamportTime) {
        Member participant = present(token);
        participants.remove(token);
        if (participant.stream != null) {
            participant.stream.onCompleted();
        }
        Event left = event(EventType.EVENT_TYPE_LEFT, participant, lamportTime);
        broadcast(left);
        return left.getLamportTime();
    }

    /** A participant's stream broke: it leaves. */
    synchronized void drop(String token, StreamObserver<BroadcastResponse> stream) {
        Member participant = participants.get(token);
        if (participant != null && participant.stream == stream) {
            participants.remove(token);
            broadcast(event(EventType.EVENT_TYPE_LEFT, participant, 0));
        }
    }

    private Member present(String token) {
        Member participant = participants.get(token);
        if (participant == null) {
            throw Status.UNAUTHENTICATED.withDescription("no such session").asRuntimeException();
        }
        return participant;
    }

    private Event event(EventType type, Member participant, long sentAt) {
        long previous = newestEvent;
        newestEvent = clock.witness(sentAt);
        Instant now = Instant.now();
        Event.Builder event = Event.newBuilder()
                .setLamportTime(newestEvent)
                .setType(type)
                .setParticipant(participant.name)
                .setParticipantLamportTime(sentAt)
                .setRecordedAt(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .setPreviousLamportTime(previous);
        if (type != EventType.EVENT_TYPE_PUBLISHED) {
            String verb = type == EventType.EVENT_TYPE_JOINED ? "joined" : "left";
            event.setText(
                    "Participant %s %s Chitty-Chat at Lamport time %d".formatted(participant.name, verb, newestEvent));
        }
        return event.build();
    }

    private void broadcast(Event event) {
        BroadcastResponse response = of(event);
        for (Member participant : participants.values()) {
            if (participant.stream != null) {
                participant.stream.onNext(response);
            }
        }
    }

    private static BroadcastResponse of(Event event) {
        return BroadcastResponse.newBuilder().addEvents(event).build();
    }
}
