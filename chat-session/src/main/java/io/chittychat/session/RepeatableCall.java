package io.chittychat.session;

import io.chittychat.text.Logfmt;
import io.grpc.MethodDescriptor;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * A unary call that may be repeated.
 *
 * @param rpc the method's name, as the log shows it
 * @param request makes the request of an attempt from the attempt's Lamport time
 * @param arrived receives the reply before its time moves the clock
 * @param lamportTime the reply's Lamport time
 * @param amended is told of a refusal; returns whether it has made the next attempt's request another one, which may succeed
 * @param sentDetails adds fields to the log record of a request
 * @param answeredDetails adds fields to the log record of a reply
 */
record RepeatableCall<Q, R>(
        String rpc,
        MethodDescriptor<Q, R> method,
        LongFunction<Q> request,
        Consumer<R> arrived,
        ToLongFunction<R> lamportTime,
        Predicate<Failure> amended,
        UnaryOperator<Logfmt> sentDetails,
        UnaryOperator<Logfmt> answeredDetails) {

    RepeatableCall(String rpc, MethodDescriptor<Q, R> method, LongFunction<Q> request, ToLongFunction<R> lamportTime) {
        this(
                rpc,
                method,
                request,
                reply -> {},
                lamportTime,
                refusal -> false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }
}
