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
 * @param mode what has to be shown
 * @param tokens the secrets of mode token
 * @param tokenFile more of them, one a line
 * @param jwt how those of mode jwt are checked
 * @param mtls how certificates of mode mtls are read
 */
public record AuthProperties(
        @DefaultValue("open") Mode mode,
        @DefaultValue List<Secret> tokens,
        @Nullable Path tokenFile,
        @DefaultValue Jwt jwt,
        @DefaultValue Mtls mtls) {

    /** What somebody has to show who wants to join. */
    public enum Mode {
        /** Nothing. */
        OPEN,
        /** A secret that many share. */
        TOKEN,
        /** A JWT, whose name one has to use. */
        JWT,
        /** A client certificate, whose name one has to use. */
        MTLS
    }

    /**
     * How a JWT is checked. One of the first three is given.
     *
     * @param jwkSetUri where the keys are
     * @param publicKeyFile a file with one RSA key (PEM)
     * @param secretFile a file with a secret
     * @param algorithm the one algorithm that is accepted; null for RS256, or HS256 with a secret
     * @param audience whom the token has to be meant for
     * @param issuer whom it has to come from; null for anybody who has the key
     * @param nameClaim where the participant's name stands
     * @param clockSkew for how long past its end it is taken
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
            Require.notNegative("clock-skew", clockSkew, "30s takes tokens that ended 30 seconds ago");
        }
    }

    /** @param name where in a certificate the participant's name stands */
    public record Mtls(@DefaultValue("cn") CertificateNames.Field name) {}
}
