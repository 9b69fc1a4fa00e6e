package io.chittychat.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first filter of every request on the HTTP port: refuses what {@link WebRules} do not allow, answers browsers that
 * ask on behalf of an allowed web site (CORS), and tells browsers to keep to this service.
 *
 * <p>Threading: any thread.
 */
public final class WebGuard extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    /** The headers of requests that browsers may send: those of Connect and gRPC-Web, credentials, and traces. */
    private static final String ASKED = "authorization, content-type, connect-protocol-version, connect-timeout-ms,"
            + " connect-accept-encoding, connect-content-encoding, grpc-timeout, x-grpc-web, x-user-agent, traceparent,"
            + " tracestate";

    /** The headers of answers that pages may read. */
    private static final String SHOWN = "connect-content-encoding, grpc-status, grpc-message, grpc-status-details-bin";

    /** The beginning of the content type of a call. */
    private static final Pattern CALLS =
            Pattern.compile("application/(json|proto|connect\\+|grpc-web)", Pattern.CASE_INSENSITIVE);

    private static final String DAY = "86400"; // seconds

    private final transient WebRules rules;

    public WebGuard(WebSettings settings) {
        this.rules = new WebRules(settings.hosts(), settings.origins());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        Optional<Refusal> refusal = rules.check(request);
        if (refusal.isPresent()) {
            refuse(request, response, refusal.get());
            return;
        }
        String origin = request.getHeader("origin");
        if (rules.isAllowed(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.addHeader("Vary", "Origin");
            if (isQuestion(request)) {
                permit(request, response);
                return;
            }
            response.setHeader("Access-Control-Expose-Headers", SHOWN);
        }
        chain.doFilter(request, response);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws IOException {
        response.setStatus(refusal.status());
        if (!WebRules.isHttp2(request)) { // which forbids the header
            response.setHeader("Connection", "close"); // the rest of the request is not read
        }
        if (isCall(request)) {
            response.setContentType("application/json");
            String error = JsonMapper.shared()
                    .createObjectNode()
                    .put("code", refusal.code())
                    .put("message", refusal.sentence())
                    .toString();
            response.getOutputStream().write(error.getBytes(UTF_8));
        } else {
            response.setContentType("text/plain;charset=utf-8");
            response.getOutputStream().write((refusal.sentence() + "\n").getBytes(UTF_8));
        }
    }

    /** Whether the client knows the errors of the Connect protocol. */
    private static boolean isCall(HttpServletRequest request) {
        String type = request.getContentType();
        return request.getMethod().equals("POST")
                && type != null
                && CALLS.matcher(type).lookingAt();
    }

    /** Whether a browser asks what it may send (a preflight). */
    private static boolean isQuestion(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("access-control-request-method") != null;
    }

    private static void permit(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", "GET, POST");
        response.setHeader("Access-Control-Allow-Headers", ASKED);
        response.setHeader("Access-Control-Max-Age", DAY);
        if ("true".equals(request.getHeader("access-control-request-private-network"))) {
            response.setHeader("Access-Control-Allow-Private-Network", "true");
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
