package io.chittychat.demo.web;

import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Messages as long as they may be. */
final class History {

    private static final String TEXT = "\ud83d\ude00".repeat(128); // 512 bytes
    private static final int WINDOW = 1000; // unanswered messages

    private History() {}

    /**
     * Publishes messages over gRPC.
     *
     * @param address host and port
     */
    static void publish(String address, int messages) {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(address).usePlaintext().build();
        try {
            ChatServiceGrpc.ChatServiceBlockingStub calls = ChatServiceGrpc.newBlockingStub(channel);
            String token = calls.join(JoinRequest.newBuilder()
                            .setParticipantName("historian")
                            .build())
                    .getSessionToken();
            Replies replies = new Replies();
            StreamObserver<PublishRequest> requests =
                    ChatServiceGrpc.newStub(channel).publishStream(replies);
            PublishRequest request = PublishRequest.newBuilder()
                    .setSessionToken(token)
                    .setText(TEXT)
                    .build();
            for (int sent = 0; sent < messages && !replies.ended.isDone(); sent++) {
                replies.window.acquireUninterruptibly();
                requests.onNext(request);
            }
            requests.onCompleted();
            replies.ended.join();
            calls.leave(LeaveRequest.newBuilder().setSessionToken(token).build());
        } finally {
            channel.shutdownNow();
        }
    }

    private static final class Replies implements StreamObserver<PublishResponse> {

        private final Semaphore window = new Semaphore(WINDOW);
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Override
        public void onNext(PublishResponse reply) {
            if (reply.hasError()) {
                ended.completeExceptionally(new IllegalStateException(reply.toString()));
            }
            window.release();
        }

        @Override
        public void onError(Throwable why) {
            ended.completeExceptionally(why);
            window.release(WINDOW);
        }

        @Override
        public void onCompleted() {
            ended.complete(null);
        }
    }
}
