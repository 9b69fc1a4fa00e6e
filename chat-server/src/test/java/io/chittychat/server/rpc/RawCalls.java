package io.chittychat.server.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.chittychat.error.ErrorReason;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.SearchEventsRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Makes calls with any bytes as the request, also bytes that no stub would send. */
final class RawCalls {

    /** Passes byte arrays through. */
    static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException();
        }
    };

    private RawCalls() {}

    /** A PublishRequest with any bytes as its text. */
    static byte[] message(String token, byte[] text) {
        return UnknownFieldSet.newBuilder()
                .mergeLengthDelimitedField(PublishRequest.SESSION_TOKEN_FIELD_NUMBER, ByteString.copyFromUtf8(token))
                .mergeLengthDelimitedField(PublishRequest.TEXT_FIELD_NUMBER, ByteString.copyFrom(text))
                .build()
                .toByteArray();
    }

    static Status publish(Channel channel, byte[] request) {
        return call(channel, ChatServiceGrpc.getPublishMethod(), request);
    }

    static Status join(Channel channel, byte[] name) {
        byte[] request = UnknownFieldSet.newBuilder()
                .mergeLengthDelimitedField(JoinRequest.PARTICIPANT_NAME_FIELD_NUMBER, ByteString.copyFrom(name))
                .build()
                .toByteArray();
        return call(channel, ChatServiceGrpc.getJoinMethod(), request);
    }

    /** Calls SearchEvents with any bytes as the query. */
    static Status search(Channel channel, String token, byte[] query) {
        byte[] request = UnknownFieldSet.newBuilder()
                .mergeLengthDelimitedField(
                        SearchEventsRequest.SESSION_TOKEN_FIELD_NUMBER, ByteString.copyFromUtf8(token))
                .mergeLengthDelimitedField(SearchEventsRequest.QUERY_FIELD_NUMBER, ByteString.copyFrom(query))
                .build()
                .toByteArray();
        return call(channel, ChatServiceGrpc.getSearchEventsMethod(), request);
    }

    /** Calls a method by its name. */
    static Status call(Channel channel, String method, byte[] request) {
        return call(
                channel,
                ChatServiceGrpc.getPublishMethod().toBuilder()
                        .setFullMethodName(method)
                        .build(),
                request);
    }

    static ErrorReason reason(Status status) {
        return ErrorReason.of(status.asRuntimeException(trailers(status))).orElseThrow();
    }

    private static io.grpc.Metadata trailers(Status status) {
        return status.getCause() instanceof StatusRuntimeException failure && failure.getTrailers() != null
                ? failure.getTrailers()
                : new io.grpc.Metadata();
    }

    private static <Q, S> Status call(Channel channel, MethodDescriptor<Q, S> method, byte[] request) {
        try {
            ClientCalls.blockingUnaryCall(
                    channel,
                    method.toBuilder(BYTES, method.getResponseMarshaller()).build(),
                    CallOptions.DEFAULT,
                    request);
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().withCause(e);
        }
    }
}
