package io.chittychat.examiner.server;

import io.chittychat.examiner.server.named.Ack;
import io.chittychat.examiner.server.named.ChatServiceGrpc;
import io.chittychat.examiner.server.named.Message;
import io.chittychat.examiner.server.named.Participant;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/** No sessions: the stream of Join is the broadcast, and requests have the name of their sender. */
public final class NamedServer extends ChatServiceGrpc.ChatServiceImplBase {

    private final SmallChat chat;

    public NamedServer(Set<Fault> faults) {
        chat = new SmallChat(faults);
    }

    @Override
    public void join(Participant request, StreamObserver<Message> responses) {
        ServerCallStreamObserver<Message> stream = (ServerCallStreamObserver<Message>) responses;
        stream.setOnCancelHandler(() -> chat.lost(request.getName()));
        chat.join(
                request.getName(),
                new Ear<>(
                        stream,
                        told -> Message.newBuilder()
                                .setSender(told.name())
                                .setContent(told.sentence())
                                .setTime((int) told.time())
                                .build()),
                request.getTime());
    }

    @Override
    public void publish(Message request, StreamObserver<Ack> responses) {
        try {
            long time = chat.publish(request.getSender(), request.getContent(), request.getTime());
            if (!request.getContent().endsWith("hello") || !chat.has(Fault.LOSES_AN_ANSWER)) {
                answer(responses, time);
            }
        } catch (SmallChat.TooLong e) {
            responses.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
        }
    }

    @Override
    public void leave(Participant request, StreamObserver<Ack> responses) {
        chat.leave(request.getName(), request.getTime());
        answer(responses, 0);
    }

    private static void answer(StreamObserver<Ack> responses, long time) {
        responses.onNext(Ack.newBuilder().setTime((int) time).build());
        responses.onCompleted();
    }
}
