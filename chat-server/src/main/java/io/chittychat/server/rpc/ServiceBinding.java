package io.chittychat.server.rpc;

import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Binds the generated service with the marshallers of this package: requests are read leniently, Broadcast's responses are
 * frames.
 */
final class ServiceBinding {

    private static final String BROADCAST = ChatServiceGrpc.getBroadcastMethod().getFullMethodName();

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
            boolean sendsFrames =
                    method.getMethodDescriptor().getFullMethodName().equals(BROADCAST);
            methods.add(sendsFrames ? withFrames(broadcast) : lenient(method));
        }
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(ChatServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(generated.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(service::addMethod);
        return service.build();
    }

    private static ServerMethodDefinition<BroadcastRequest, BroadcastFrame> withFrames(
            ServerCalls.ServerStreamingMethod<BroadcastRequest, BroadcastFrame> method) {
        return lenient(
                ChatServiceGrpc.getBroadcastMethod(),
                BroadcastFrame.MARSHALLER,
                ServerCalls.asyncServerStreamingCall(method));
    }

    private static <Q, S> ServerMethodDefinition<Q, S> lenient(ServerMethodDefinition<Q, S> method) {
        MethodDescriptor<Q, S> descriptor = method.getMethodDescriptor();
        return lenient(descriptor, descriptor.getResponseMarshaller(), method.getServerCallHandler());
    }

    private static <Q, S> ServerMethodDefinition<Q, S> lenient(
            MethodDescriptor<Q, ?> method, MethodDescriptor.Marshaller<S> responses, ServerCallHandler<Q, S> handler) {
        LenientMarshaller<Q> requests = new LenientMarshaller<>(method.getRequestMarshaller());
        return ServerMethodDefinition.create(
                method.toBuilder(requests, responses).build(),
                (call, headers) -> new Reading<>(requests, call, handler.startCall(call, headers)));
    }

    /**
     * Ends a call with the first of its messages that cannot be read; the method never sees that one, or any after it.
     *
     * <p>Threading: the call's thread.
     */
    private static final class Reading<Q> extends SimpleForwardingServerCallListener<Q> {

        private final LenientMarshaller<Q> requests;
        private final ServerCall<Q, ?> call;
        private boolean refused;

        Reading(LenientMarshaller<Q> requests, ServerCall<Q, ?> call, ServerCall.Listener<Q> method) {
            super(method);
            this.requests = requests;
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (refused) {
                return; // more of them were on their way
            }
            Optional<Status> refusal = requests.refusal(message);
            if (refusal.isEmpty()) {
                super.onMessage(message);
            } else {
                refused = true;
                super.onCancel(); // the method is told, as it would not be of a call that the service closes itself
                call.close(refusal.get(), new Metadata());
            }
        }

        @Override
        public void onHalfClose() {
            if (!refused) {
                super.onHalfClose();
            }
        }

        @Override
        public void onReady() {
            if (!refused) {
                super.onReady();
            }
        }

        @Override
        public void onCancel() {
            if (!refused) {
                super.onCancel();
            }
        }

        @Override
        public void onComplete() {
            if (!refused) {
                super.onComplete();
            }
        }
    }
}
