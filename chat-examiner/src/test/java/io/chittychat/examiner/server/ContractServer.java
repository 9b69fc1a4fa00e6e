package io.chittychat.examiner.server;

import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.LeaveResponse;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks this system's contract, or as much of it as a first try has. */
public final class ContractServer extends ChatServiceGrpc.ChatServiceImplBase {

    private final SmallChat chat;
    private final Map<String, Long> joined = new ConcurrentHashMap<>();

    public ContractServer(Set<Fault> faults) {
        chat = new SmallChat(faults);
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinResponse> responses) {
        joined.put(request.getParticipantName(), request.getLamportTime());
        responses.onNext(JoinResponse.newBuilder()
                .setSessionToken(request.getParticipantName())
                .build());
        responses.onCompleted();
    }

    @Override
    public void broadcast(BroadcastRequest request, StreamObserver<BroadcastResponse> responses) {
        String name = request.getSessionToken();
        ServerCallStreamObserver<BroadcastResponse> stream = (ServerCallStreamObserver<BroadcastResponse>) responses;
        stream.setOnCancelHandler(() -> chat.lost(name));
        chat.join(name, new Ear<>(stream, ContractServer::response), joined.getOrDefault(name, 0L));
    }

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> responses) {
        try {
            long time = chat.publish(request.getSessionToken(), request.getText(), request.getLamportTime());
            responses.onNext(PublishResponse.newBuilder().setLamportTime(time).build());
            responses.onCompleted();
        } catch (SmallChat.TooLong e) {
            responses.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
        }
    }

    @Override
    public void leave(LeaveRequest request, StreamObserver<LeaveResponse> responses) {
        chat.leave(request.getSessionToken(), request.getLamportTime());
        responses.onNext(LeaveResponse.getDefaultInstance());
        responses.onCompleted();
    }

    private static BroadcastResponse response(Told told) {
        return BroadcastResponse.newBuilder()
                .addEvents(Event.newBuilder()
                        .setType(
                                told.is("joined")
                                        ? EventType.EVENT_TYPE_JOINED
                                        : told.is("left") ? EventType.EVENT_TYPE_LEFT : EventType.EVENT_TYPE_PUBLISHED)
                        .setParticipant(told.name())
                        .setText(told.sentence())
                        .setLamportTime(told.time()))
                .build();
    }
}
