package io.chittychat.server.bridge;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;

/**
 * A method that can be called over HTTP.
 *
 * @param call its name and kind; requests and responses are encoded messages
 * @param json the encoding of its messages in JSON
 */
record Method(io.grpc.MethodDescriptor<byte[], byte[]> call, Codec json) {

    /** A method with the types of its messages. */
    static Method of(io.grpc.MethodDescriptor<?, ?> method, MethodDescriptor described) {
        Codec json = new JsonCodec(described.getInputType(), described.getOutputType());
        return new Method(
                method.toBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER).build(),
                described.isServerStreaming() ? new SharedCodec(json) : json);
    }

    /** The name of its service and its own, such as {@code package.Service/Method}. */
    String name() {
        return call.getFullMethodName();
    }

    /** Whether the client sends one request, as it can over HTTP. */
    boolean takesOneRequest() {
        return call.getType().clientSendsOneMessage();
    }

    /** Whether there is one response. */
    boolean isUnary() {
        return call.getType() == MethodType.UNARY;
    }
}
