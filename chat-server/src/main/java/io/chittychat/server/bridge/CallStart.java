package io.chittychat.server.bridge;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Starts a call: checks what can be checked before the body is read, then receives the body.
 *
 * <p>Threading: Tomcat's threads.
 */
record CallStart(BridgeFilter.Limits limits, BridgeFilter.Permits permits, BridgeFilter.RefusalLog log) {

    /** The headers that a call keeps: credentials, and the trace that it belongs to. */
    private static final List<String> KEPT = List.of("authorization", "traceparent", "tracestate");

    /**
     * Starts a call.
     *
     * @throws RefusedException if it is refused at once
     */
    void start(Bridge bridge, Method method, Form form, HttpServletRequest request, HttpServletResponse response)
            throws RefusedException, IOException {
        if (!method.takesOneRequest()) {
            throw RefusedException.unimplemented(
                    method.name() + " takes a stream of requests, which is possible only over gRPC");
        }
        form.check(request, method);
        boolean isHttp2 = request.getProtocol().startsWith("HTTP/2");
        CallOptions options = options(form.timeout(request));
        int largest = form.largestBody(limits.largestMessage());
        if (request.getContentLengthLong() > largest) {
            if (!isHttp2) {
                response.setHeader("Connection", "close"); // the body is not read
            }
            throw RequestBody.tooLarge(limits.largestMessage());
        }
        InetSocketAddress peer = PeerNames.address(request.getRemoteAddr(), request.getRemotePort());
        Permit permit = permits.open(peer).orElseThrow(() -> RefusedException.of(permits.refusal()));
        Metadata headers = headers(request);
        PeerNames.name(peer, headers);
        AsyncContext async = request.startAsync();
        async.setTimeout(0); // a stream may last; a silent client is found by other means
        BridgedCall call = new BridgedCall(
                method,
                form,
                new Exchange(
                        async,
                        (Runnable) request.getAttribute(BridgeFilter.CUT),
                        untaken(request),
                        permit,
                        permits::refusal,
                        bridge.loop(),
                        limits.unreadTimeout()),
                response.getOutputStream());
        async.addListener(call);
        if (isHttp2) { // the port watches the requests of other connections
            call.cutAfter(limits.requestTimeout());
        }
        receive(request, largest, new RequestBody.Receiver() {
            @Override
            public void received(byte[] body) {
                call.inTime();
                try {
                    call.start(bridge.channel(), options, headers, form.request(body));
                } catch (RefusedException e) {
                    refused(e);
                }
            }

            @Override
            public void refused(RefusedException why) {
                log.refused(method.name().substring(method.name().indexOf('/') + 1), why.status());
                call.refuse(why);
            }

            @Override
            public void gone() {
                call.onGone();
            }
        });
    }

    @SuppressWarnings("unchecked") // the attribute's type
    private static Predicate<Runnable> untaken(HttpServletRequest request) {
        Object untaken = request.getAttribute(BridgeFilter.UNTAKEN);
        return untaken == null ? task -> false : (Predicate<Runnable>) untaken;
    }

    private static void receive(HttpServletRequest request, int largest, RequestBody.Receiver receiver)
            throws IOException {
        request.getInputStream().setReadListener(new RequestBody(request.getInputStream(), largest, receiver));
    }

    private static CallOptions options(OptionalLong timeout) {
        return timeout.isPresent()
                ? CallOptions.DEFAULT.withDeadlineAfter(timeout.getAsLong(), TimeUnit.NANOSECONDS)
                : CallOptions.DEFAULT;
    }

    private static Metadata headers(HttpServletRequest request) {
        Metadata headers = new Metadata();
        for (String name : KEPT) {
            String value = request.getHeader(name);
            if (value != null) {
                headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
            }
        }
        return headers;
    }
}
