package io.chittychat.server.rpc;

import com.google.protobuf.Message;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.PublishRequest;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
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
            "ListEvents", ListEventsRequest.getDefaultInstance());

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
            methods.add(request == null ? broadcast(broadcast) : withRequest(method, new LenientMarshaller<>(request)));
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
        MethodDescriptor<BroadcastRequest, BroadcastFrame> descriptor = ChatServiceGrpc.getBroadcastMethod().toBuilder(
                        new LenientMarshaller<>(BroadcastRequest.getDefaultInstance()), BroadcastFrame.MARSHALLER)
                .build();
        return ServerMethodDefinition.create(descriptor, ServerCalls.asyncServerStreamingCall(method));
    }

    @SuppressWarnings("unchecked") // the prototype in REQUESTS is of the method's own request type
    private static <Q, S> ServerMethodDefinition<Q, S> withRequest(
            ServerMethodDefinition<Q, S> method, LenientMarshaller<?> request) {
        MethodDescriptor<Q, S> descriptor = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                descriptor.toBuilder((MethodDescriptor.Marshaller<Q>) request, descriptor.getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }
}
