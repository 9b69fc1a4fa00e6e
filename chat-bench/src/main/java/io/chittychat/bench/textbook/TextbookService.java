package io.chittychat.bench.textbook;

import com.google.protobuf.Duration;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.LeaveResponse;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Takes the calls; missing methods end with UNIMPLEMENTED. Threading: grpc-java's own pool. */
final class TextbookService extends ChatServiceGrpc.ChatServiceImplBase {

    private static final String EPOCH = "textbook";

    private final TextbookChat chat;

    TextbookService(TextbookChat chat) {
        this.chat = chat;
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinResponse> reply) {
        answer(reply, () -> {
            TextbookChat.Joined joined = chat.join(request.getParticipantName(), request.getLamportTime());
            return JoinResponse.newBuilder()
                    .setSessionToken(joined.token())
                    .setLamportTime(joined.lamportTime())
                    .setEpoch(EPOCH)
                    .setResumeWindow(Duration.getDefaultInstance())
                    .build();
        });
    }

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> reply) {
        answer(reply, () -> publish(request.getSessionToken(), request));
    }

    @Override
    public void leave(LeaveRequest request, StreamObserver<LeaveResponse> reply) {
        answer(
                reply,
                () -> LeaveResponse.newBuilder()
                        .setLamportTime(chat.leave(request.getSessionToken(), request.getLamportTime()))
                        .build());
    }

    @Override
    public void broadcast(BroadcastRequest request, StreamObserver<BroadcastResponse> stream) {
        // With a handler, messages to a cancelled stream are ignored; without one they throw.
        ((ServerCallStreamObserver<BroadcastResponse>) stream)
                .setOnCancelHandler(() -> chat.drop(request.getSessionToken(), stream));
        try {
            chat.attach(request.getSessionToken(), request.getLamportTime(), stream);
        } catch (StatusRuntimeException e) {
            stream.onError(e);
        }
    }

    @Override
    public StreamObserver<PublishRequest> publishStream(StreamObserver<PublishResponse> replies) {
        return new StreamObserver<>() {
            private String token = "";

            @Override
            public void onNext(PublishRequest request) {
                token = request.getSessionToken().isEmpty() ? token : request.getSessionToken();
                replies.onNext(publishOrRefuse(token, request));
            }

            @Override
            public void onError(Throwable problem) {
                // The client is gone; its Broadcast ends, too.
            }

            @Override
            public void onCompleted() {
                replies.onCompleted();
            }
        };
    }

    private PublishResponse publishOrRefuse(String token, PublishRequest request) {
        try {
            return publish(token, request);
        } catch (StatusRuntimeException e) {
            return PublishResponse.newBuilder()
                    .setSequence(request.getSequence())
                    .setError(StatusProto.fromStatusAndTrailers(e.getStatus(), null))
                    .build();
        }
    }

    private PublishResponse publish(String token, PublishRequest request) {
        long time = chat.publish(token, request.getText(), request.getLamportTime(), request.getSequence());
        return PublishResponse.newBuilder()
                .setLamportTime(time)
                .setSequence(request.getSequence())
                .build();
    }

    private static <T> void answer(StreamObserver<T> reply, Supplier<T> work) {
        try {
            reply.onNext(work.get());
            reply.onCompleted();
        } catch (StatusRuntimeException e) {
            reply.onError(e);
        }
    }
}
