package io.chittychat.demo.faults;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A participant that repeats requests without a reply, as often as the service dies. Calls fail with what gRPC says.
 *
 * <p>Threading: one thread at a time.
 */
final class Participant {

    private final String name;
    private final Ledger ledger;
    private final AtomicLong clock = new AtomicLong();
    private Optional<JoinResponse> stay = Optional.empty();
    private boolean leaving;

    Participant(String name, Ledger ledger) {
        this.name = name;
        this.ledger = ledger;
    }

    /** A text that shows by itself whether it is unchanged. */
    static String text(String name, long sequence) {
        return "This is number " + sequence + " of what " + name + " has to say.";
    }

    String name() {
        return name;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The session's token, once it has been told. */
    String token() {
        return stay.orElseThrow().getSessionToken();
    }

    String epoch() {
        return stay.orElseThrow().getEpoch();
    }

    /** Lamport time of the joined event. */
    long joinedAt() {
        return stay.orElseThrow().getLamportTime();
    }

    /** Joins; once more means the same session. */
    void enter(Connection connection) {
        JoinResponse response = connection
                .calls()
                .join(JoinRequest.newBuilder()
                        .setParticipantName(name)
                        .setRequestId("the one join of " + name)
                        .setLamportTime(tick())
                        .build());
        if (stay.isPresent() && !response.equals(stay.get())) {
            ledger.problem("%s repeated its join and got %s for %s".formatted(name, response, stay.get()));
        }
        stay = Optional.of(response);
        ledger.joined(name, response.getLamportTime());
        receive(response.getLamportTime());
    }

    /** Says its number so and so; once more means the same message. */
    long say(Connection connection, long sequence) {
        PublishResponse response = connection.calls().publish(message(sequence));
        said(sequence, response);
        return response.getLamportTime();
    }

    PublishRequest message(long sequence) {
        return PublishRequest.newBuilder()
                .setSessionToken(token())
                .setText(text(name, sequence))
                .setLamportTime(tick())
                .setSequence(sequence)
                .build();
    }

    void said(long sequence, PublishResponse response) {
        ledger.said(name, sequence, response.getLamportTime());
        receive(response.getLamportTime());
    }

    /** Leaves. Once more is refused if the service has done it without being heard. */
    void leave(Connection connection) {
        boolean repeated = leaving;
        leaving = true;
        try {
            long time = connection
                    .calls()
                    .leave(LeaveRequest.newBuilder()
                            .setSessionToken(token())
                            .setLamportTime(tick())
                            .build())
                    .getLamportTime();
            ledger.left(name, time);
            receive(time);
        } catch (StatusRuntimeException e) {
            if (!repeated || !ErrorReason.of(e).equals(Optional.of(ErrorReason.SESSION_UNKNOWN))) {
                throw e;
            }
        }
    }

    /** Before each request. */
    long tick() {
        return clock.incrementAndGet();
    }

    /** A time of the service arrived. */
    void receive(long time) {
        ledger.saw(time);
        clock.accumulateAndGet(time, (own, other) -> Math.max(own, other) + 1);
    }
}
