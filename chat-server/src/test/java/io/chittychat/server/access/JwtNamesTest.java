package io.chittychat.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import io.chittychat.text.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

class JwtNamesTest {

    private static final Jwts ISSUER = new Jwts();
    private static final JwtRules RULES = new JwtRules(Jwts.AUDIENCE, Optional.empty(), Duration.ofSeconds(5));
    private static final Admission RSA =
            new JwtNames(JwtKeys.of(ISSUER.publicKey(), SignatureAlgorithm.RS256, RULES), "sub");
    private static final Verdict ALICE = new Verdict.OwnNames(Set.of("alice"));

    private static Verdict judge(Admission admission, String token) {
        return admission.judge(new Credentials(Optional.of(new Secret(token)), Optional.empty()));
    }

    private static void refused(String token) {
        assertThat(judge(RSA, token)).isInstanceOf(Verdict.Refused.class);
    }

    private static Date ago(Duration duration) {
        return Date.from(Instant.now().minus(duration));
    }

    @Test
    void validTokenAllowsItsName() {
        assertThat(judge(RSA, ISSUER.valid("Alice"))).isEqualTo(ALICE);
        assertThat(judge(RSA, ISSUER.ofType("at+jwt", Jwts.claims("alice").build())))
                .isEqualTo(ALICE);
    }

    @Test
    void callerWithoutATokenIsRefused() {
        assertThat(RSA.judge(Credentials.NONE)).isInstanceOf(Verdict.Refused.class);
        refused("");
        refused("x.y.z");
    }

    @Test
    void unsignedTokenIsRefused() {
        refused(Jwts.unsigned(Jwts.claims("alice").build()));
    }

    @Test
    void tokenSignedWithAnotherKeyIsRefused() {
        refused(new Jwts().valid("alice"));
    }

    /** An attacker knows the public key and could use its bytes as the secret of an HMAC. */
    @Test
    void publicKeyIsNotAcceptedAsAnHmacSecret() {
        refused(Jwts.hs256(ISSUER.publicKey().getEncoded(), Jwts.claims("alice").build()));
        refused(Jwts.hs256(
                ISSUER.publicKeyPem().getBytes(StandardCharsets.UTF_8),
                Jwts.claims("alice").build()));
    }

    @Test
    void tokenCannotChooseItsAlgorithm() {
        refused(ISSUER.rs512(Jwts.claims("alice").build()));
    }

    @Test
    void expiredTokenAndTokenWithoutExpiryAreRefused() {
        assertThat(judge(
                        RSA,
                        ISSUER.signed(Jwts.claims("alice")
                                .expirationTime(ago(Duration.ofMinutes(1)))
                                .build())))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.why()).containsIgnoringCase("expired"));
        refused(ISSUER.signed(Jwts.claims("alice").expirationTime(null).build()));
    }

    @Test
    void tokenThatIsNotYetValidIsRefused() {
        refused(ISSUER.signed(Jwts.claims("alice")
                .notBeforeTime(Date.from(Instant.now().plusSeconds(60)))
                .build()));
    }

    @Test
    void tokenForAnotherAudienceIsRefused() {
        refused(ISSUER.signed(Jwts.claims("alice").audience("mail").build()));
        refused(ISSUER.signed(Jwts.claims("alice").audience((String) null).build()));
    }

    @Test
    void tokenOfAnotherTypeIsRefused() {
        refused(ISSUER.ofType("logout+jwt", Jwts.claims("alice").build()));
    }

    @Test
    void issuerIsCheckedIfItIsConfigured() {
        JwtRules strict = new JwtRules(Jwts.AUDIENCE, Optional.of("https://elsewhere.example"), Duration.ZERO);
        Admission admission = new JwtNames(JwtKeys.of(ISSUER.publicKey(), SignatureAlgorithm.RS256, strict), "sub");

        assertThat(judge(admission, ISSUER.valid("alice"))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void nameComesFromTheConfiguredClaim() {
        Admission nicks = new JwtNames(JwtKeys.of(ISSUER.publicKey(), SignatureAlgorithm.RS256, RULES), "nick");

        assertThat(judge(
                        nicks,
                        ISSUER.signed(Jwts.claims("7").claim("nick", "alice").build())))
                .isEqualTo(ALICE);
        assertThat(judge(nicks, ISSUER.valid("alice"))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void invalidNameInATokenAllowsNoJoin() {
        assertThat(judge(RSA, ISSUER.valid("server"))).isEqualTo(new Verdict.OwnNames(Set.of()));
    }

    @Test
    void secretVerifiesOnlyHmac() {
        String secret = "0123456789abcdef0123456789abcdef";
        Admission hmac = new JwtNames(JwtKeys.of(new Secret(secret), MacAlgorithm.HS256, RULES), "sub");
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);

        assertThat(judge(hmac, Jwts.hs256(bytes, Jwts.claims("alice").build()))).isEqualTo(ALICE);
        assertThat(judge(hmac, ISSUER.valid("alice"))).isInstanceOf(Verdict.Refused.class);
        assertThat(judge(hmac, Jwts.unsigned(Jwts.claims("alice").build()))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void keysAreFetchedAndAFailedFetchRefusesNoToken() throws IOException {
        byte[] keys = new JWKSet(new RSAKey.Builder(ISSUER.publicKey()).build())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        http.start();
        URI address = URI.create("http://localhost:" + http.getAddress().getPort() + "/keys");
        try {
            Admission fetching = new JwtNames(JwtKeys.at(address, SignatureAlgorithm.RS256, RULES), "sub");
            assertThat(judge(fetching, ISSUER.valid("alice"))).isEqualTo(ALICE);
            assertThat(judge(fetching, new Jwts().valid("alice"))).isInstanceOf(Verdict.Refused.class);
        } finally {
            http.stop(0);
        }
        Admission without = new JwtNames(JwtKeys.at(address, SignatureAlgorithm.RS256, RULES), "sub");
        assertThat(judge(without, ISSUER.valid("alice"))).isEqualTo(new Verdict.Unknown());
    }

    /** The header is parsed before the signature is checked. */
    @Test
    void deeplyNestedHeaderIsRefused() {
        String nested = "{\"alg\":\"RS256\",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(nested.getBytes(StandardCharsets.UTF_8));

        assertThat(judge(RSA, token + ".e30.AAAA")).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void refusalsDoNotRepeatTheToken() {
        String token = new Jwts().valid("alice");
        assertThat(judge(RSA, token).toString()).doesNotContain(token.substring(0, 10));
        assertThat(new Credentials(Optional.of(new Secret(token)), Optional.empty()).toString())
                .doesNotContain(token.substring(0, 10));
    }
}
