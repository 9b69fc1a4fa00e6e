package io.chittychat.server.rpc;

import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
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
import java.util.function.UnaryOperator;

/**
 * Binds services with the marshallers of this package: requests are read leniently, Broadcast's responses are frames. What
 * a generated marshaller throws would become a stack trace in the log.
 */
final class ServiceBinding {

    private static final String BROADCAST = ChatServiceGrpc.getBroadcastMethod().getFullMethodName();

    private ServiceBinding() {}

    /**
     * Binds the chat service.
     *
     * @param generated as the generated code binds it
     * @param broadcast implements Broadcast
     */
    static ServerServiceDefinition bind(
            ServerServiceDefinition generated,
            ServerCalls.ServerStreamingMethod<BroadcastRequest, BroadcastFrame> broadcast) {
        return bind(
                generated,
                method -> method.getMethodDescriptor().getFullMethodName().equals(BROADCAST)
                        ? withFrames(broadcast)
                        : lenient(method));
    }

    /** A service whose requests are read leniently; those that are read so already stay as they are. */
    static ServerServiceDefinition lenient(ServerServiceDefinition service) {
        return bind(service, method -> isLenient(method) ? method : lenient(method));
    }

    private static boolean isLenient(ServerMethodDefinition<?, ?> method) {
        return method.getMethodDescriptor().getRequestMarshaller() instanceof LenientMarshaller;
    }

    private static ServerServiceDefinition bind(
            ServerServiceDefinition original, UnaryOperator<ServerMethodDefinition<?, ?>> binding) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        original.getMethods().forEach(method -> methods.add(binding.apply(method)));
        ServiceDescriptor named = original.getServiceDescriptor();
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(named.getName()).setSchemaDescriptor(named.getSchemaDescriptor());
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
                method.toBuilder(requests, responses).build(), (call, headers) -> {
                    Refusable<Q, S> refusable = new Refusable<>(call);
                    return new Reading<>(requests, refusable, handler.startCall(refusable, headers));
                });
    }

    /** A call that is not ended by the method any more once it has been refused. */
    private static final class Refusable<Q, S> extends SimpleForwardingServerCall<Q, S> {

        private volatile boolean refused;

        Refusable(ServerCall<Q, S> call) {
            super(call);
        }

        boolean isRefused() {
            return refused;
        }

        /** The method is told first, which it would not be of a call that the service closes itself. */
        void refuse(Status why, ServerCall.Listener<Q> method) {
            refused = true;
            method.onCancel();
            super.close(why, new Metadata());
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!refused) {
                super.close(status, trailers);
            }
        }
    }

    /**
     * Ends a call with the first of its messages that cannot be read; the method never sees that one, or any after it.
     *
     * <p>Threading: the call's thread.
     */
    private static final class Reading<Q> extends SimpleForwardingServerCallListener<Q> {

        private final LenientMarshaller<Q> requests;
        private final Refusable<Q, ?> call;

        Reading(LenientMarshaller<Q> requests, Refusable<Q, ?> call, ServerCall.Listener<Q> method) {
            super(method);
            this.requests = requests;
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (call.isRefused()) {
                return; // more of them were on their way
            }
            Optional<Status> refusal = requests.refusal(message);
            if (refusal.isEmpty()) {
                super.onMessage(message);
            } else {
                call.refuse(refusal.get(), delegate());
            }
        }

        @Override
        public void onHalfClose() {
            if (!call.isRefused()) {
                super.onHalfClose();
            }
        }

        @Override
        public void onReady() {
            if (!call.isRefused()) {
                super.onReady();
            }
        }

        @Override
        public void onCancel() {
            if (!call.isRefused()) {
                super.onCancel();
            }
        }

        @Override
        public void onComplete() {
            if (!call.isRefused()) {
                super.onComplete();
            }
        }
    }
}
