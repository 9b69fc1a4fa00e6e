package io.chittychat.demo.page;

import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Says very much in a short time. */
final class Crowd {

    private Crowd() {}

    /** Publishes {@code NAME 0}, {@code NAME 1} and so on, and returns when all of them have their place. */
    static void publish(String server, String name, int count) {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(server).usePlaintext().build();
        try {
            var stub = ChatServiceGrpc.newBlockingStub(channel);
            String token = stub.join(
                            JoinRequest.newBuilder().setParticipantName(name).build())
                    .getSessionToken();
            Replies replies = new Replies();
            StreamObserver<PublishRequest> requests =
                    ChatServiceGrpc.newStub(channel).publishStream(replies);
            for (int i = 0; i < count; i++) {
                requests.onNext(PublishRequest.newBuilder()
                        .setSessionToken(token)
                        .setText(name + " " + i)
                        .build());
            }
            requests.onCompleted();
            replies.all.join();
            stub.leave(LeaveRequest.newBuilder().setSessionToken(token).build());
        } finally {
            channel.shutdownNow();
        }
    }

    private static final class Replies implements StreamObserver<PublishResponse> {

        private final CompletableFuture<Void> all = new CompletableFuture<>();

        @Override
        public void onNext(PublishResponse reply) {
            if (reply.hasError()) {
                all.completeExceptionally(
                        new IllegalStateException(reply.getError().getMessage()));
            }
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            all.complete(null);
        }
    }
}
