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
 * What a JWT with a good signature has to say besides.
 *
 * @param audience it must be meant for this audience
 * @param issuer it must come from this issuer, if one is given
 * @param clockSkew for how long past its end it is taken, since clocks differ
 */
public record JwtRules(String audience, Optional<String> issuer, Duration clockSkew) {

    /** RFC 7519 and RFC 9068; a token that does not say its type is a JWT, too. */
    private static final List<String> TYPES = List.of("JWT", "at+jwt", "application/at+jwt");

    /** Checks them. A token without an end is refused. */
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
