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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/** Keys from an address that counts fetches. */
class FetchedKeysTest {

    private static final Jwts ISSUER = new Jwts();

    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile int status = 200;
    private HttpServer http;
    private ExecutorService threads;
    private Admission admission;

    @BeforeEach
    void start() throws IOException {
        byte[] keys = new JWKSet(
                        new RSAKey.Builder(ISSUER.publicKey()).keyID("known").build())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        threads = Executors.newFixedThreadPool(16);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            exchange.sendResponseHeaders(status, keys.length);
            exchange.getResponseBody().write(keys);
            underWay.decrementAndGet();
            exchange.close();
        });
        http.start();
        URI address = URI.create("http://localhost:" + http.getAddress().getPort() + "/keys");
        JwtRules rules = new JwtRules(Jwts.AUDIENCE, Optional.empty(), Duration.ofSeconds(30));
        admission = new JwtNames(JwtKeys.at(address, SignatureAlgorithm.RS256, rules), "sub");
    }

    @AfterEach
    void stop() {
        http.stop(0);
        threads.shutdownNow();
    }

    private Verdict judge(String keyId) {
        String token = ISSUER.withKeyId(keyId, Jwts.claims("alice").build());
        return admission.judge(new Credentials(Optional.of(new Secret(token)), Optional.empty()));
    }

    private List<Verdict> judgeAtOnce(int count, String keyId) throws Exception {
        List<Future<Verdict>> verdicts = new ArrayList<>();
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            for (int i = 0; i < count; i++) {
                String id = keyId + (keyId.equals("known") ? "" : i);
                verdicts.add(callers.submit(() -> judge(id)));
            }
            List<Verdict> all = new ArrayList<>();
            for (Future<Verdict> verdict : verdicts) {
                all.add(verdict.get(60, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void concurrentCallersShareOneFetch() throws Exception {
        assertThat(judgeAtOnce(100, "known")).hasOnlyElementsOfType(Verdict.OwnNames.class);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void tokensWithUnknownKeysCauseFewFetches() throws Exception {
        assertThat(judge("known")).isInstanceOf(Verdict.OwnNames.class);
        long began = System.nanoTime();
        assertThat(judgeAtOnce(200, "unknown")).hasOnlyElementsOfType(Verdict.Refused.class);

        long pauses = (System.nanoTime() - began) / FetchedKeys.PAUSE.toNanos() + 1;
        assertThat(fetches.get()).isLessThanOrEqualTo((int) (2 * pauses + 1));
        assertThat(mostUnderWay).hasValue(1);
        assertThat(judge("known")).isInstanceOf(Verdict.OwnNames.class);
    }

    @Test
    void failingAddressIsNotFetchedForEveryCaller() throws Exception {
        status = 500;
        long began = System.nanoTime();
        assertThat(judgeAtOnce(200, "known")).hasOnlyElementsOfType(Verdict.Unknown.class);

        long pauses = (System.nanoTime() - began) / FetchedKeys.PAUSE.toNanos() + 1;
        assertThat(fetches.get()).isLessThanOrEqualTo((int) (2 * pauses));
    }

    @Test
    void tokenWithAnUnknownKeyIsNotRefusedWhileKeysCannotBeFetched() throws Exception {
        assertThat(judge("known")).isInstanceOf(Verdict.OwnNames.class);
        status = 500;
        assertThat(judgeAtOnce(20, "new")).hasOnlyElementsOfType(Verdict.Unknown.class);
        assertThat(judge("known")).isInstanceOf(Verdict.OwnNames.class);
    }
}
