package io.chittychat.session;

import io.chittychat.text.Logfmt;
import io.grpc.MethodDescriptor;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * A unary call that may be repeated.
 *
 * @param rpc the method's name, as the log shows it
 * @param request makes the request for an attempt, given the attempt's Lamport time
 * @param arrived sees the reply before its time moves the clock
 * @param lamportTime the reply's Lamport time
 * @param sentDetails what the log says of a request besides its time
 * @param answeredDetails what the log says of a reply besides its times
 */
record UnaryCall<Q, R>(
        String rpc,
        MethodDescriptor<Q, R> method,
        LongFunction<Q> request,
        Consumer<R> arrived,
        ToLongFunction<R> lamportTime,
        UnaryOperator<Logfmt> sentDetails,
        UnaryOperator<Logfmt> answeredDetails) {

    UnaryCall(String rpc, MethodDescriptor<Q, R> method, LongFunction<Q> request, ToLongFunction<R> lamportTime) {
        this(rpc, method, request, reply -> {}, lamportTime, UnaryOperator.identity(), UnaryOperator.identity());
    }
}
