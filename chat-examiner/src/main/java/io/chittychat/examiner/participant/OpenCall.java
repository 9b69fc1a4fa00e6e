package io.chittychat.examiner.participant;

import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import java.util.function.Consumer;

/** A call of any kind, whose messages are known by their descriptors only. Safe for use by several threads. */
final class OpenCall {

    private final ClientCall<DynamicMessage, DynamicMessage> call;
    private final Consumer<DynamicMessage> onMessage;
    private final Consumer<Status> onEnd;
    private boolean paused; // guarded by this
    private boolean asked = true; // guarded by this

    private OpenCall(
            ClientCall<DynamicMessage, DynamicMessage> call,
            Consumer<DynamicMessage> onMessage,
            Consumer<Status> onEnd) {
        this.call = call;
        this.onMessage = onMessage;
        this.onEnd = onEnd;
    }

    /**
     * Begins a call.
     *
     * @param onMessage takes each message, in a thread of gRPC
     * @param onEnd takes the end
     */
    static OpenCall start(
            Channel channel,
            Descriptors.MethodDescriptor method,
            Consumer<DynamicMessage> onMessage,
            Consumer<Status> onEnd) {
        OpenCall open = new OpenCall(channel.newCall(of(method), CallOptions.DEFAULT), onMessage, onEnd);
        open.call.start(open.new Listener(), new Metadata());
        open.call.request(1);
        return open;
    }

    private static MethodDescriptor<DynamicMessage, DynamicMessage> of(Descriptors.MethodDescriptor method) {
        return MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(type(method))
                .setFullMethodName(MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
    }

    private static MethodDescriptor.MethodType type(Descriptors.MethodDescriptor method) {
        if (method.isClientStreaming()) {
            return method.isServerStreaming()
                    ? MethodDescriptor.MethodType.BIDI_STREAMING
                    : MethodDescriptor.MethodType.CLIENT_STREAMING;
        }
        return method.isServerStreaming()
                ? MethodDescriptor.MethodType.SERVER_STREAMING
                : MethodDescriptor.MethodType.UNARY;
    }

    private final class Listener extends ClientCall.Listener<DynamicMessage> {
        @Override
        public void onMessage(DynamicMessage message) {
            onMessage.accept(message);
            if (mayAsk()) {
                call.request(1);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            onEnd.accept(status);
        }
    }

    private synchronized boolean mayAsk() {
        asked = !paused;
        return asked;
    }

    void send(DynamicMessage message) {
        try {
            call.sendMessage(message);
        } catch (IllegalStateException e) {
            // the call has ended, which onEnd tells
        }
    }

    void closeSide() {
        try {
            call.halfClose();
        } catch (IllegalStateException e) {
            // it is closed
        }
    }

    void cancel() {
        call.cancel("the participant has gone", null);
    }

    /** Reads at most one more message. */
    synchronized void pause() {
        paused = true;
    }

    /** Reads on. */
    void resume() {
        boolean ask;
        synchronized (this) {
            paused = false;
            ask = !asked;
            asked = true;
        }
        if (ask) {
            call.request(1);
        }
    }
}
