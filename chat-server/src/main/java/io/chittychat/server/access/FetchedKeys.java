package io.chittychat.server.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are fetched from an address on demand, and cached. A token that names an unknown key causes a new fetch,
 * because it may be signed with a new key. Any client can make such tokens, so that there are at most two fetches in
 * {@link #PAUSE}; until the next one, the unknown key counts as invalid. One fetch is under way at a time.
 *
 * <p>Threading: any thread; a caller that needs keys waits for the fetch, {@link #PATIENCE} at most.
 */
final class FetchedKeys implements JWKSource<SecurityContext> {

    /** How long keys are cached. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    /** The interval in which the keys are fetched twice at most. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** The timeout to connect, and to read the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MAX_SIZE = 1 << 20; // bytes of an answer

    private final Watched address;
    private final JWKSetSource<SecurityContext> sets;

    FetchedKeys(URL address) {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        this.address = new Watched(
                new URLBasedJWKSetSource<>(address, new DefaultResourceRetriever(patience, patience, MAX_SIZE)));
        this.sets = new CachingJWKSetSource<>(
                new RateLimitedJWKSetSource<>(this.address, PAUSE.toMillis(), null), KEPT.toMillis(), patience, null);
    }

    @Override
    public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context) throws KeySourceException {
        long now = System.currentTimeMillis();
        JWKSet kept = sets.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, context);
        List<JWK> keys = wanted.select(kept);
        return keys.isEmpty() ? newer(kept, wanted, now, context) : keys;
    }

    /** Fetches the keys again, and selects from the new ones. */
    private List<JWK> newer(JWKSet kept, JWKSelector wanted, long now, @Nullable SecurityContext context)
            throws KeySourceException {
        try {
            return wanted.select(sets.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(kept), now, context));
        } catch (RateLimitReachedException e) {
            if (address.failed) {
                throw e; // it is unknown whether the key exists
            }
            return List.of();
        }
    }

    /** Remembers whether the last fetch failed. Threading: one fetch at a time; any thread reads. */
    private static final class Watched extends JWKSetSourceWrapper<SecurityContext> {

        private volatile boolean failed;

        Watched(JWKSetSource<SecurityContext> source) {
            super(source);
        }

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context)
                throws KeySourceException {
            failed = true;
            JWKSet set = getSource().getJWKSet(refresh, currentTime, context);
            failed = false;
            return set;
        }
    }
}
