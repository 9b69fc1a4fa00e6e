package io.chittychat.server.rpc;

import io.chittychat.server.timeline.Slice;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Replaces the generated marshallers of a service: {@link RequestParser} parses its requests, and the responses of
 * Broadcast are slices. A call is refused at its first request that cannot be parsed; later requests are dropped. With
 * the generated marshallers, gRPC would log a stack trace for each such request.
 */
public final class ServiceBinding {

    private static final String BROADCAST = ChatServiceGrpc.getBroadcastMethod().getFullMethodName();

    /** Passes requests on unparsed. */
    private static final MethodDescriptor.Marshaller<InputStream> UNREAD = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream parse(InputStream request) {
            return request;
        }

        @Override
        public InputStream stream(InputStream request) {
            return request;
        }
    };

    private ServiceBinding() {}

    /**
     * Binds the chat service.
     *
     * @param generated the service as the generated code binds it
     * @param broadcast the implementation of Broadcast
     */
    static ServerServiceDefinition bind(
            ServerServiceDefinition generated, ServerCalls.ServerStreamingMethod<BroadcastRequest, Slice> broadcast) {
        return bind(
                generated,
                method -> method.getMethodDescriptor().getFullMethodName().equals(BROADCAST)
                        ? withSlices(broadcast)
                        : lenient(method));
    }

    /** Returns the service with lenient parsing of requests; a method that has it already stays as it is. */
    public static ServerServiceDefinition lenient(ServerServiceDefinition service) {
        return bind(service, method -> isLenient(method) ? method : lenient(method));
    }

    private static boolean isLenient(ServerMethodDefinition<?, ?> method) {
        return method.getMethodDescriptor().getRequestMarshaller() == UNREAD;
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

    private static ServerMethodDefinition<InputStream, Slice> withSlices(
            ServerCalls.ServerStreamingMethod<BroadcastRequest, Slice> method) {
        ServerCallHandler<BroadcastRequest, Slice> handler = ServerCalls.asyncServerStreamingCall(method);
        return lenient(
                ChatServiceGrpc.getBroadcastMethod(),
                new SliceMarshaller(),
                (call, headers) -> handler.startCall(isNetwork(call) ? call : new CopyingCall(call), headers));
    }

    /**
     * Whether the transport copies a message before {@code sendMessage} returns; one in this process keeps it. The own
     * address tells it, since the remote one may be that of an HTTP client whose call is passed on in this process.
     */
    private static boolean isNetwork(ServerCall<?, ?> call) {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR) instanceof InetSocketAddress;
    }

    /** A call whose transport keeps messages, so they must not be slices of the timeline. */
    private static final class CopyingCall extends SimpleForwardingServerCall<BroadcastRequest, Slice> {

        CopyingCall(ServerCall<BroadcastRequest, Slice> call) {
            super(call);
        }

        @Override
        public void sendMessage(Slice slice) {
            super.sendMessage(slice.copy());
        }
    }

    private static <Q, S> ServerMethodDefinition<InputStream, S> lenient(ServerMethodDefinition<Q, S> method) {
        MethodDescriptor<Q, S> descriptor = method.getMethodDescriptor();
        return lenient(descriptor, descriptor.getResponseMarshaller(), method.getServerCallHandler());
    }

    private static <Q, S> ServerMethodDefinition<InputStream, S> lenient(
            MethodDescriptor<Q, ?> method, MethodDescriptor.Marshaller<S> responses, ServerCallHandler<Q, S> handler) {
        RequestParser<Q> requests = new RequestParser<>(method.getRequestMarshaller());
        MethodDescriptor<Q, S> parsed =
                method.toBuilder(method.getRequestMarshaller(), responses).build();
        return ServerMethodDefinition.create(parsed.toBuilder(UNREAD, responses).build(), (call, headers) -> {
            RefusableCall<Q, S> refusable = new RefusableCall<>(call, parsed);
            return new RequestListener<>(requests, refusable, handler.startCall(refusable, headers));
        });
    }

    /** A call whose method can no longer close it once it has been refused. */
    private static final class RefusableCall<Q, S> extends SimpleForwardingServerCall<Q, S> {

        private final MethodDescriptor<Q, S> method;
        private volatile boolean refused;

        @SuppressWarnings("unchecked") // a call's type of request appears only in its descriptor
        RefusableCall(ServerCall<InputStream, S> call, MethodDescriptor<Q, S> method) {
            super((ServerCall<Q, S>) (ServerCall<?, S>) call);
            this.method = method;
        }

        @Override
        public MethodDescriptor<Q, S> getMethodDescriptor() {
            return method;
        }

        boolean isRefused() {
            return refused;
        }

        /** Cancels the method, which gRPC would not do for a call that the server closes, then closes the call. */
        void refuse(Status why, ServerCall.Listener<Q> listener) {
            refused = true;
            listener.onCancel();
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
     * Refuses a call at its first request that cannot be parsed; the method sees neither that request nor later ones.
     *
     * <p>Threading: the call's thread.
     */
    private static final class RequestListener<Q> extends ServerCall.Listener<InputStream> {

        private final RequestParser<Q> requests;
        private final RefusableCall<Q, ?> call;
        private final ServerCall.Listener<Q> method;

        RequestListener(RequestParser<Q> requests, RefusableCall<Q, ?> call, ServerCall.Listener<Q> method) {
            this.requests = requests;
            this.call = call;
            this.method = method;
        }

        @Override
        public void onMessage(InputStream message) {
            if (call.isRefused()) {
                return; // it was already in flight
            }
            Q request;
            try {
                request = requests.parse(message);
            } catch (RequestParser.UnreadableException e) {
                call.refuse(e.status(), method);
                return;
            }
            method.onMessage(request);
        }

        @Override
        public void onHalfClose() {
            if (!call.isRefused()) {
                method.onHalfClose();
            }
        }

        @Override
        public void onReady() {
            if (!call.isRefused()) {
                method.onReady();
            }
        }

        @Override
        public void onCancel() {
            if (!call.isRefused()) {
                method.onCancel();
            }
        }

        @Override
        public void onComplete() {
            if (!call.isRefused()) {
                method.onComplete();
            }
        }
    }
}
