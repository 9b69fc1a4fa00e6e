package io.chittychat.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which requests the HTTP port takes. A web page anywhere must not be able to use a service on somebody's own machine,
 * neither directly nor by a name of its own that leads here (DNS rebinding).
 *
 * <p>Threading: any thread.
 */
final class WebRules {

    /** Types that a page can send anywhere without being asked for permission first. */
    private static final Set<String> UNASKED =
            Set.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data");

    private static final int MISDIRECTED = 421;

    private final Set<String> hosts;
    private final Set<String> origins;

    WebRules(List<String> hosts, List<String> origins) {
        this.hosts = normal(hosts, Authority::host);
        this.origins = normal(origins, origin -> origin.strip().toLowerCase(Locale.ROOT));
    }

    private static Set<String> normal(List<String> names, UnaryOperator<String> normal) {
        return names.stream().map(normal).filter(name -> !name.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    /** Why a request is refused; empty if it is not. */
    Optional<Refusal> check(HttpServletRequest request) {
        Optional<Authority> host = Authority.of(host(request));
        if (host.isEmpty() || !isOwn(host.get(), request.getLocalAddr())) {
            return Optional.of(new Refusal(
                    MISDIRECTED,
                    "permission_denied",
                    "This service does not answer to that name. If it is one of this service's,"
                            + " add it to the setting chitty.web.hosts."));
        }
        if (!mayOriginate(request, host.get())) {
            return Optional.of(new Refusal(
                    HttpServletResponse.SC_FORBIDDEN,
                    "permission_denied",
                    "Pages of other web sites may not use this service."
                            + " To allow one, add its origin to the setting chitty.web.origins."));
        }
        if (UNASKED.contains(mediaType(request)) || (hasBody(request) && request.getContentType() == null)) {
            return Optional.of(new Refusal(
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "invalid_argument",
                    "This service takes no forms and no plain text. Name the content type, such as"
                            + " content-type: application/json."));
        }
        return Optional.empty();
    }

    static boolean isHttp2(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/2");
    }

    /** HTTP/2 has no Host header, but the same in a field of its own, which Tomcat parses. */
    private static @Nullable String host(HttpServletRequest request) {
        String host = request.getHeader("host");
        return host == null && isHttp2(request) ? request.getServerName() + ":" + request.getServerPort() : host;
    }

    /** An address cannot be made to lead elsewhere, as a name can, so the one that the client used is safe. */
    private boolean isOwn(Authority host, String localAddress) {
        return host.isLoopback() || host.isAddress(localAddress) || hosts.contains(host.host());
    }

    private boolean mayOriginate(HttpServletRequest request, Authority host) {
        String origin = request.getHeader("origin");
        if (origin != null) {
            return isAllowed(origin) || isSame(origin, host);
        }
        String site = request.getHeader("sec-fetch-site");
        return site == null || site.equals("same-origin") || site.equals("none") || isNavigation(request);
    }

    /** Whether an origin is one of the settings. */
    boolean isAllowed(@Nullable String origin) {
        return origin != null && origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** The scheme does not matter: behind a proxy, the browser's differs from the one that is seen here. */
    private static boolean isSame(String origin, Authority host) {
        return Authority.ofOrigin(origin)
                .filter(site -> site.equals(host)
                        || site.equals(host.withoutPort("80"))
                        || site.equals(host.withoutPort("443")))
                .isPresent();
    }

    /** A link on another site leads here. That site sees nothing of the answer. */
    private static boolean isNavigation(HttpServletRequest request) {
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
                && "navigate".equals(request.getHeader("sec-fetch-mode"))
                && "document".equals(request.getHeader("sec-fetch-dest"));
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("transfer-encoding") != null;
    }

    private static String mediaType(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null ? "" : type.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
