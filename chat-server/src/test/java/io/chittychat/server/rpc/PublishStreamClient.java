package io.chittychat.server.rpc;

import static org.awaitility.Awaitility.await;

import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The client side of a PublishStream. */
final class PublishStreamClient extends ClientCall.Listener<PublishResponse> {

    private final List<PublishResponse> replies = Collections.synchronizedList(new ArrayList<>());
    private final ClientCall<byte[], PublishResponse> call;
    private volatile @Nullable Status status;

    PublishStreamClient(Channel channel) {
        call = channel.newCall(
                ChatServiceGrpc.getPublishStreamMethod().toBuilder(
                                RawCalls.BYTES,
                                ChatServiceGrpc.getPublishStreamMethod().getResponseMarshaller())
                        .build(),
                CallOptions.DEFAULT);
        call.start(this, new Metadata());
        call.request(Integer.MAX_VALUE);
    }

    @Override
    public void onMessage(PublishResponse response) {
        replies.add(response);
    }

    @Override
    public void onClose(Status closed, Metadata trailers) {
        status = closed;
    }

    void send(PublishRequest request) {
        sendRaw(request.toByteArray());
    }

    void sendRaw(byte[] request) {
        call.sendMessage(request);
    }

    void complete() {
        call.halfClose();
    }

    List<PublishResponse> replies(int count) {
        await().until(() -> replies.size() >= count);
        return replies;
    }

    Status awaitEnd() {
        await().until(() -> status != null);
        return Objects.requireNonNull(status);
    }
}
