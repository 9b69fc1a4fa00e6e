package io.chittychat.server.config;

import io.chittychat.server.access.CertificateNames;
import io.chittychat.server.access.Secret;
import io.chittychat.server.setting.Require;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may join.
 *
 * @param mode the credentials that a client must show
 * @param tokens the tokens of mode token
 * @param tokenFile a file with more of them, one in each line
 * @param jwt how JWTs of mode jwt are verified
 * @param mtls how names are read from certificates of mode mtls
 */
public record AuthProperties(
        @DefaultValue("open") Mode mode,
        @DefaultValue List<Secret> tokens,
        @Nullable Path tokenFile,
        @DefaultValue Jwt jwt,
        @DefaultValue Mtls mtls) {

    /** The credentials that a client must show to join. */
    public enum Mode {
        /** None. */
        OPEN,
        /** A shared token. */
        TOKEN,
        /** A JWT; the client must join under its name. */
        JWT,
        /** A client certificate; the client must join under its name. */
        MTLS
    }

    /**
     * How a JWT is verified. Exactly one of the first three must be set.
     *
     * @param jwkSetUri the address of the keys, a JWK set
     * @param publicKeyFile a file with one RSA key (PEM)
     * @param secretFile a file with a secret
     * @param algorithm the one algorithm that is accepted; null for RS256, or HS256 with a secret
     * @param audience the audience that the token must be meant for
     * @param issuer the issuer that it must come from; null for any issuer with the key
     * @param nameClaim the claim with the participant's name
     * @param clockSkew how long after its expiry a token is accepted
     */
    public record Jwt(
            @Nullable URI jwkSetUri,
            @Nullable Path publicKeyFile,
            @Nullable Path secretFile,
            @Nullable String algorithm,
            @Nullable String audience,
            @Nullable String issuer,
            @DefaultValue("sub") String nameClaim,
            @DefaultValue("30s") Duration clockSkew) {

        public Jwt {
            Require.that(!nameClaim.isBlank(), "name-claim", "must name a claim, such as sub");
            Require.notNegative("clock-skew", clockSkew, "30s accepts tokens that expired 30 seconds ago");
        }
    }

    /** @param name the part of a certificate with the participant's name */
    public record Mtls(@DefaultValue("cn") CertificateNames.Field name) {}
}
