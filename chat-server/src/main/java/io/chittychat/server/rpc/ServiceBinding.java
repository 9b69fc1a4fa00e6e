package io.chittychat.server.rpc;

import com.google.protobuf.Message;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.SearchEventsRequest;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Binds the generated service with the marshallers of this package: requests are read leniently, Broadcast's responses are
 * frames.
 */
final class ServiceBinding {

    private static final Map<String, Message> REQUESTS = Map.of(
            "Join", JoinRequest.getDefaultInstance(),
            "Publish", PublishRequest.getDefaultInstance(),
            "PublishStream", PublishRequest.getDefaultInstance(),
            "Leave", LeaveRequest.getDefaultInstance(),
            "ListParticipants", ListParticipantsRequest.getDefaultInstance(),
            "ListEvents", ListEventsRequest.getDefaultInstance(),
            "SearchEvents", SearchEventsRequest.getDefaultInstance());

    /** What bytes that are no message are refused with: an error of the transport, not of the contract's table. */
    static final Status MALFORMED = Status.INVALID_ARGUMENT.withDescription("the request is no protobuf message");

    private ServiceBinding() {}

    /**
     * Binds a service.
     *
     * @param generated as the generated code binds it
     * @param broadcast implements Broadcast
     */
    static ServerServiceDefinition bind(
            ServerServiceDefinition generated,
            ServerCalls.ServerStreamingMethod<BroadcastRequest, BroadcastFrame> broadcast) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        for (ServerMethodDefinition<?, ?> method : generated.getMethods()) {
            Message request = REQUESTS.get(method.getMethodDescriptor().getBareMethodName());
            methods.add(request == null ? broadcast(broadcast) : withRequest(method, request));
        }
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(ChatServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(generated.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(service::addMethod);
        return service.build();
    }

    private static ServerMethodDefinition<BroadcastRequest, BroadcastFrame> broadcast(
            ServerCalls.ServerStreamingMethod<BroadcastRequest, BroadcastFrame> method) {
        LenientMarshaller<BroadcastRequest> requests = new LenientMarshaller<>(BroadcastRequest.getDefaultInstance());
        return ServerMethodDefinition.create(
                ChatServiceGrpc.getBroadcastMethod().toBuilder(requests, BroadcastFrame.MARSHALLER)
                        .build(),
                refusingMalformed(requests, ServerCalls.asyncServerStreamingCall(method)));
    }

    private static <Q, S> ServerMethodDefinition<Q, S> withRequest(
            ServerMethodDefinition<Q, S> method, Message request) {
        LenientMarshaller<?> requests = new LenientMarshaller<>(request);
        @SuppressWarnings("unchecked") // REQUESTS holds the method's own request type
        MethodDescriptor.Marshaller<Q> marshaller = (MethodDescriptor.Marshaller<Q>) requests;
        MethodDescriptor<Q, S> descriptor = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                descriptor.toBuilder(marshaller, descriptor.getResponseMarshaller())
                        .build(),
                refusingMalformed(requests, method.getServerCallHandler()));
    }

    private static <Q, S> ServerCallHandler<Q, S> refusingMalformed(
            LenientMarshaller<?> requests, ServerCallHandler<Q, S> handler) {
        return (call, headers) -> new SimpleForwardingServerCallListener<>(handler.startCall(call, headers)) {
            private boolean refused; // the call's thread

            @Override
            public void onMessage(Q message) {
                if (requests.isMalformed(message)) {
                    refused = true;
                    super.onCancel(); // the method is told, as it would not be of a call that the service closes itself
                    call.close(MALFORMED, new Metadata());
                } else if (!refused) {
                    super.onMessage(message);
                }
            }

            @Override
            public void onHalfClose() {
                if (!refused) {
                    super.onHalfClose();
                }
            }
        };
    }
}
