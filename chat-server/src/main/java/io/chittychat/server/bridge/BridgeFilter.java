package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Takes the requests whose path is one of a method, and makes them calls. Other requests pass.
 *
 * <p>Threading: any thread; never blocks for a client.
 */
public final class BridgeFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    /** The headers that a call keeps: credentials, and the trace that it belongs to. */
    private static final List<String> KEPT = List.of("authorization", "traceparent", "tracestate");

    private final transient Supplier<Bridge> bridge;
    private final transient Limits limits;

    /**
     * What the filter lets in.
     *
     * @param largestMessage in bytes
     * @param permits counts the open calls
     * @param log notes calls that never reach a service
     */
    public record Limits(int largestMessage, Permits permits, RefusalLog log) {}

    /** Counts the open calls of each client. */
    @FunctionalInterface
    public interface Permits {

        /** Admits a call; the task notes its end. Empty if the client, or all together, have too many. */
        Optional<Runnable> open(java.net.InetSocketAddress client);
    }

    /** Notes calls that never reach a service. */
    @FunctionalInterface
    public interface RefusalLog {

        /** A call was refused; {@code method} is without its service's name. */
        void refused(String method, Status why);
    }

    /** @param bridge gives the bridge once the services have started */
    public BridgeFilter(Supplier<Bridge> bridge, Limits limits) {
        this.bridge = bridge;
        this.limits = limits;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath();
        Bridge open = bridge.get();
        if (!open.methods().isOfService(path)) {
            chain.doFilter(request, response);
            return;
        }
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            answer(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Calls use POST.");
            return;
        }
        Optional<Method> method = open.methods().find(path);
        Optional<Form> form = method.isPresent() ? Forms.of(request, method.get()) : Forms.ofUnknown(request);
        if (form.isEmpty()) {
            String accepted = Forms.accepted(method.map(Method::isUnary).orElse(true));
            response.setHeader("Accept-Post", accepted);
            answer(
                    response,
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "This method takes requests of the content types " + accepted + ".");
            return;
        }
        try {
            call(open, method.orElseThrow(() -> RefusedException.unimplemented("there is no method " + path.substring(1))), form.get(), request, response);
        } catch (RefusedException e) {
            limits.log().refused(path.substring(path.indexOf('/', 1) + 1), e.status());
            Form.End end = form.get().end(e.status(), new Metadata());
            response.setStatus(end.httpStatus());
            response.setContentType(end.contentType());
            response.setContentLength(end.bytes().length);
            response.getOutputStream().write(end.bytes());
        }
    }

    private void call(
            Bridge open, Method method, Form form, HttpServletRequest request, HttpServletResponse response)
            throws RefusedException, IOException {
        if (!method.takesOneRequest()) {
            throw RefusedException.unimplemented(
                    method.name() + " takes a stream of requests, which is possible only over gRPC");
        }
        form.check(request, method);
        OptionalLong timeout = form.timeout(request);
        int limit = form.largestBody(limits.largestMessage());
        if (request.getContentLengthLong() > limit) {
            response.setHeader("Connection", "close");
            throw RequestBody.tooLarge(limit);
        }
        java.net.InetSocketAddress peer = PeerNames.address(request.getRemoteAddr(), request.getRemotePort());
        Runnable release = limits.permits()
                .open(peer)
                .orElseThrow(() -> new RefusedException(Status.RESOURCE_EXHAUSTED.withDescription(
                        "too many calls are open from this address, or in all; end some, then retry")));
        AsyncContext async = request.startAsync();
        async.setTimeout(0); // a stream may last; a silent client is found by other means
        BridgedCall call = new BridgedCall(
                method, form, response, response.getOutputStream(), async, open.executor(), release);
        async.addListener(call);
        CallOptions options = timeout.isPresent()
                ? CallOptions.DEFAULT.withDeadlineAfter(timeout.getAsLong(), TimeUnit.NANOSECONDS)
                : CallOptions.DEFAULT;
        Metadata headers = headers(request);
        PeerNames.name(peer, headers);
        String name = method.name().substring(method.name().indexOf('/') + 1);
        request.getInputStream()
                .setReadListener(new RequestBody(
                        request.getInputStream(),
                        limit,
                        body -> {
                            try {
                                call.start(open.channel(), options, headers, form.request(body));
                            } catch (RefusedException e) {
                                limits.log().refused(name, e.status());
                                call.refuse(e.status());
                            }
                        },
                        why -> {
                            response.setHeader("Connection", "close");
                            limits.log().refused(name, why.status());
                            call.refuse(why.status());
                        },
                        call::leave));
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

    private static void answer(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write((sentence + "\n").getBytes(UTF_8));
    }
}
