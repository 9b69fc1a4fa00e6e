package io.chittychat.server.bridge;

import com.google.protobuf.Descriptors.Descriptor;
import io.grpc.MethodDescriptor;

/**
 * A method that can be called over HTTP.
 *
 * @param call its name and kind; requests and responses are encoded messages
 * @param request the type of its requests
 * @param response the type of its responses
 */
record Method(MethodDescriptor<byte[], byte[]> call, Descriptor request, Descriptor response) {

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
        return call.getType() == MethodDescriptor.MethodType.UNARY;
    }
}
