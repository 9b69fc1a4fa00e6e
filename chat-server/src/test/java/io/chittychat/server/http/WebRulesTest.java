package io.chittychat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Hosts, origins and what browsers say about where a request comes from. */
class WebRulesTest {

    private final WebRules rules = new WebRules(
            List.of("Chat.Example.com", " server ", "2001:DB8::1", "[2001:db8::2]"),
            List.of("https://app.example.com"));

    private int status(MockHttpServletRequest request) {
        return rules.check(request).map(Refusal::status).orElse(200);
    }

    private static MockHttpServletRequest to(String host) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setLocalAddr("192.0.2.7");
        request.setProtocol("HTTP/1.1");
        if (!host.isEmpty()) {
            request.addHeader("host", host);
        }
        return request;
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:8080, 200",
        "localhost., 200",
        "a.localhost:8080, 200",
        "127.0.0.1:8080, 200",
        "127.3.2.1, 200",
        "[::1]:8080, 200",
        "192.0.2.7:8080, 200", // the address that the client connected to
        "192.0.2.8:8080, 421",
        "chat.example.com, 200",
        "chat.example.com.:443, 200",
        "server:8080, 200",
        "[0:0:0:0:0:0:0:1]:8080, 200",
        "[::ffff:127.0.0.1]:8080, 200",
        "[2001:db8::1]:8080, 200",
        "[2001:db8:0:0::2], 200",
        "[2001:db8::3], 421",
        "[::g], 421",
        "[:::], 421",
        "evil.example, 421",
        "evil.example:8080, 421",
        "localhost.evil.example, 421",
        "127.0.0.1.evil.example, 421",
        "localhost@evil.example, 421",
        "localhost evil, 421",
        "0.0.0.0:8080, 421",
        "[::1].evil, 421",
        "'', 421"
    })
    void onlyOwnNamesAreAnswered(String host, int status) {
        assertThat(status(to(host))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"[fe80::7]:8080, 200", "[FE80:0::7], 200", "[fe80::8]:8080, 421", "192.0.2.7:8080, 421"})
    void addressThatTheClientConnectedToMayBeWrittenInAnyWay(String host, int status) {
        MockHttpServletRequest request = to(host);
        request.setLocalAddr("fe80:0:0:0:0:0:0:7%eth0");
        assertThat(status(request)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080, 200",
        "localhost:8080, http://localhost:3000, 403",
        "localhost:8080, http://127.0.0.1:8080, 403",
        "chat.example.com, https://chat.example.com, 200",
        "chat.example.com:443, https://chat.example.com, 200",
        "localhost, http://localhost, 200",
        "localhost:8080, https://app.example.com, 200",
        "localhost:8080, http://app.example.com, 403",
        "localhost:8080, https://app.example.com.evil.example, 403",
        "localhost:8080, null, 403",
        "localhost:8080, file://, 403",
        "localhost:8080, '', 403"
    })
    void onlyOwnAndAllowedOriginsAreAnswered(String host, String origin, int status) {
        MockHttpServletRequest request = to(host);
        request.addHeader("origin", origin);
        assertThat(status(request)).isEqualTo(status);
        request.addHeader("sec-fetch-site", "cross-site"); // an allowed origin is allowed, wherever it is
        assertThat(status(request)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, same-origin, cors, empty, 200",
        "GET, none, navigate, document, 200",
        "GET, cross-site, navigate, document, 200",
        "GET, same-site, navigate, document, 200",
        "POST, cross-site, navigate, document, 403",
        "GET, cross-site, navigate, iframe, 403",
        "GET, cross-site, no-cors, image, 403",
        "GET, same-site, no-cors, script, 403",
        "GET, cross-site, cors, empty, 403"
    })
    void pagesOfOtherSitesOnlyLinkHere(String method, String site, String mode, String dest, int status) {
        MockHttpServletRequest request = to("localhost");
        request.setMethod(method);
        request.addHeader("sec-fetch-site", site);
        request.addHeader("sec-fetch-mode", mode);
        request.addHeader("sec-fetch-dest", dest);
        assertThat(status(request)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "text/plain;charset=utf-8, 415",
        "TEXT/PLAIN, 415",
        "application/x-www-form-urlencoded, 415",
        "multipart/form-data; boundary=x, 415",
        "application/json, 200",
        "'', 415"
    })
    void whatPagesSendWithoutAskingIsRefused(String type, int status) {
        MockHttpServletRequest request = to("localhost");
        request.setMethod("POST");
        request.setContent(new byte[] {1});
        if (!type.isEmpty()) {
            request.setContentType(type);
        }
        assertThat(status(request)).isEqualTo(status);
    }
}
