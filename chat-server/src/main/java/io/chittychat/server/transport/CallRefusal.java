package io.chittychat.server.transport;

import com.google.rpc.Status;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.observe.ServiceLog;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Refuses a call before its method sees it, with a reason and a line in the service log. */
final class CallRefusal {

    private CallRefusal() {}

    static <Q, S> ServerCall.Listener<Q> refuse(ServerCall<Q, S> call, Status why, ServiceLog log) {
        StatusRuntimeException refusal = StatusProto.toStatusRuntimeException(why);
        String method = call.getMethodDescriptor().getBareMethodName();
        String code = refusal.getStatus().getCode().name();
        log.call(method == null ? "" : method, "", 0, 0, code, Failures.reason(why));
        Metadata trailers = refusal.getTrailers();
        call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }
}
