package io.chittychat.server.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;

/**
 * The required claims of a JWT, beside a valid signature.
 *
 * @param audience the audience that it must be meant for
 * @param issuer the issuer that it must come from; empty for any
 * @param clockSkew how long before its beginning and after its expiry a token is accepted
 */
public record JwtRules(String audience, Optional<String> issuer, Duration clockSkew) {

    /** The types of RFC 7519 and RFC 9068; a token without a type is accepted, too. */
    private static final List<String> TYPES = List.of("JWT", "at+jwt", "application/at+jwt");

    /** Returns a validator of these claims; it also refuses a token that never expires. */
    OAuth2TokenValidator<Jwt> validator() {
        JwtTimestampValidator times = new JwtTimestampValidator(clockSkew);
        times.setAllowEmptyExpiryClaim(false);
        JwtTypeValidator type = new JwtTypeValidator(TYPES);
        type.setAllowEmpty(true);
        OAuth2TokenValidator<Jwt> rules =
                new DelegatingOAuth2TokenValidator<>(times, type, new JwtAudienceValidator(audience));
        return issuer.<OAuth2TokenValidator<Jwt>>map(
                        name -> new DelegatingOAuth2TokenValidator<>(rules, new JwtIssuerValidator(name)))
                .orElse(rules);
    }
}
