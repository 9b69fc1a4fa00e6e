package io.chittychat.demo.faults.mutation;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Sessions that mutated calls are made in, so that they get further than to SESSION_UNKNOWN. Those that leave are others
 * than those that go on. Not safe for use by several threads.
 */
final class Attackers implements Sessions, AutoCloseable {

    private static final int STAYING = 10;
    private static final int LEAVING = 40;
    private static final int CALL_SECONDS = 10;

    private final ManagedChannel channel;
    private final List<JoinResponse> staying = new ArrayList<>();
    private final List<JoinResponse> leaving = new ArrayList<>();
    private int round;

    Attackers(InetSocketAddress address) {
        channel = ManagedChannelBuilder.forAddress(address.getHostString(), address.getPort())
                .usePlaintext()
                .build();
    }

    /** Ends the sessions of the last round, as far as they are still there, and joins anew. */
    void beginRound() {
        leaveAll();
        round++;
        for (int i = 0; i < STAYING + LEAVING; i++) {
            JoinResponse response = calls().join(JoinRequest.newBuilder()
                    .setParticipantName("attacker " + round + "-" + i)
                    .build());
            (i < STAYING ? staying : leaving).add(response);
        }
    }

    private void leaveAll() {
        staying.forEach(this::leave);
        leaving.forEach(this::leave);
        staying.clear();
        leaving.clear();
    }

    private void leave(JoinResponse stay) {
        try {
            calls().leave(LeaveRequest.newBuilder()
                    .setSessionToken(stay.getSessionToken())
                    .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNAUTHENTICATED) {
                throw e; // it has not merely left before
            }
        }
    }

    private ChatServiceBlockingStub calls() {
        return ChatServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, SECONDS);
    }

    @Override
    public JoinResponse staying(Random random) {
        return Mutation.pick(staying, random);
    }

    @Override
    public JoinResponse leaving(Random random) {
        return Mutation.pick(leaving, random);
    }

    @Override
    public void close() {
        leaveAll();
        channel.shutdownNow();
    }
}
