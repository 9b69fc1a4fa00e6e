package io.chittychat.bench.load;

import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.grpc.Channel;

/**
 * A participant in the chat, with the Lamport clock and the sequence that the contract requires.
 *
 * <p>Threading: one thread at a time.
 */
public final class LoadParticipant {

    private final Channel channel;
    private final String token;
    private final long joinedAt;
    private long clock;
    private long sequence;

    private LoadParticipant(Channel channel, JoinResponse joined) {
        this.channel = channel;
        this.token = joined.getSessionToken();
        this.joinedAt = joined.getLamportTime();
        received(joinedAt);
    }

    /** Joins, and waits for the reply. */
    public static LoadParticipant join(Channel channel, String name) {
        JoinResponse joined = ChatServiceGrpc.newBlockingStub(channel)
                .join(JoinRequest.newBuilder()
                        .setParticipantName(name)
                        .setLamportTime(1)
                        .build());
        return new LoadParticipant(channel, joined);
    }

    /** Leaves, and waits for the reply. */
    public void leave() {
        ChatServiceGrpc.newBlockingStub(channel)
                .leave(LeaveRequest.newBuilder()
                        .setSessionToken(token)
                        .setLamportTime(++clock)
                        .build());
    }

    /** Lamport time of the joined event. */
    public long joinedAt() {
        return joinedAt;
    }

    Channel channel() {
        return channel;
    }

    String token() {
        return token;
    }

    /** The next message, which is repeatable like those of the client. */
    PublishRequest next(String text) {
        return PublishRequest.newBuilder()
                .setSessionToken(token)
                .setText(text)
                .setLamportTime(++clock)
                .setSequence(++sequence)
                .build();
    }

    /** A message with this Lamport time arrived. */
    void received(long lamportTime) {
        clock = Math.max(clock, lamportTime) + 1;
    }
}
