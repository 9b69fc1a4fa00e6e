package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes the requests whose path is one of a method, and makes them calls. Other requests pass.
 *
 * <p>Threading: any thread; never blocks for a client.
 */
public final class BridgeFilter extends HttpFilter {

    /** The attribute of a request with a {@link Runnable} that cuts its answer off without waiting for the client. */
    public static final String CUT = BridgeFilter.class.getName() + ".cut";

    /**
     * The attribute of a request with a {@link java.util.function.Predicate} of tasks: if its connection has bytes that the client
     * has not taken, it takes a task and runs it once the client has. Without one, the response's {@code isReady} says it.
     */
    public static final String UNTAKEN = BridgeFilter.class.getName() + ".untaken";

    private static final long serialVersionUID = 1;

    private final transient Supplier<Bridge> bridge;
    private final transient CallStart calls;
    private final transient RefusalLog log;

    /**
     * The limits of one call.
     *
     * @param largestMessage in bytes
     * @param requestTimeout how long a request may take to arrive
     * @param unreadTimeout how long the client may take to read the end of the answer
     */
    public record Limits(int largestMessage, Duration requestTimeout, Duration unreadTimeout) {}

    /** Admits calls. */
    public interface Permits {

        /** Admits a call. Empty if the client, or all together, have too many. */
        Optional<Permit> open(InetSocketAddress client);

        /** The error of a call for which there is no permit, or no permission to hold its answer. */
        StatusRuntimeException refusal();
    }

    /** Notes calls that never reach a service. */
    @FunctionalInterface
    public interface RefusalLog {

        /** A call was refused; {@code method} is without its service's name. */
        void refused(String method, Status why);
    }

    /** @param bridge gives the bridge once the services have started */
    public BridgeFilter(Supplier<Bridge> bridge, Limits limits, Permits permits, RefusalLog log) {
        this.bridge = bridge;
        this.calls = new CallStart(limits, permits, log);
        this.log = log;
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
            String accepted = Forms.accepted(method);
            response.setHeader("Accept-Post", accepted);
            answer(
                    response,
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "This method takes requests of the content types " + accepted + ".");
            return;
        }
        try {
            if (method.isEmpty()) {
                throw RefusedException.unimplemented("there is no method " + path.substring(1));
            }
            calls.start(open, method.get(), form.get(), request, response);
        } catch (RefusedException e) {
            log.refused(path.substring(path.indexOf('/', 1) + 1), e.status());
            Form.End end = form.get().end(e.status(), e.trailers());
            response.setStatus(end.httpStatus());
            response.setContentType(end.contentType());
            write(response, end.bytes());
        }
    }

    private static void answer(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        write(response, (sentence + "\n").getBytes(UTF_8));
    }

    private static void write(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
