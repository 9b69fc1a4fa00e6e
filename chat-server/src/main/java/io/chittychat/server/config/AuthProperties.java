package io.chittychat.server.config;

import io.chittychat.server.access.CertificateNames;
import io.chittychat.server.setting.Require;
import io.chittychat.text.Secret;
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
     * @param clockSkew how far the clocks of issuer and service may differ: a token is accepted for that long before
     *     its beginning and after its expiry
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
            Require.notNegative(
                    "clock-skew",
                    clockSkew,
                    "30s accepts a token from 30 seconds before its beginning to 30 seconds after its expiry");
        }
    }

    /** @param name the part of a certificate with the participant's name */
    public record Mtls(@DefaultValue("cn") CertificateNames.Field name) {}
}
