package io.chittychat.server.access;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import io.chittychat.text.Excerpt;
import io.chittychat.text.SafeText;
import io.chittychat.text.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Admits callers with a valid JWT, under the name that the JWT contains. */
public final class JwtNames implements Admission {

    private static final Logger LOG = LoggerFactory.getLogger(JwtNames.class);

    private static final int MAX_MESSAGE = 300; // code points

    private final JwtDecoder decoder;
    private final String nameClaim;

    /**
     * @param decoder checks everything but the name
     * @param nameClaim the claim that holds the participant's name
     */
    public JwtNames(JwtDecoder decoder, String nameClaim) {
        this.decoder = decoder;
        this.nameClaim = nameClaim;
    }

    @Override
    public Verdict judge(Credentials shown) {
        Optional<Secret> token = shown.bearerToken();
        return token.isEmpty()
                ? refused("this service requires a JWT; send it as 'authorization: Bearer JWT'")
                : judge(token.get());
    }

    /** Keys may have to be fetched. */
    @Override
    public boolean mayBlock() {
        return true;
    }

    private Verdict judge(Secret token) {
        try {
            return own(decoder.decode(token.value()));
        } catch (JwtValidationException e) {
            return refused("the token is not valid: " + problems(e));
        } catch (BadJwtException e) {
            return refused("the token is not valid"); // its message may contain parts of the token
        } catch (JwtException e) {
            if (!(e.getCause() instanceof RateLimitReachedException)) { // the failed fetch before was logged already
                LOG.warn("Cannot check the tokens of callers that ask to join: {}", message(e));
            }
            return new Verdict.Unknown();
        }
    }

    /** The failure's message, made safe, because it may contain the answer of another service. */
    private static String message(JwtException failure) {
        return SafeText.of(Excerpt.of(String.valueOf(failure.getMessage()), MAX_MESSAGE));
    }

    private Verdict own(Jwt token) {
        return token.getClaims().get(nameClaim) instanceof String name
                ? Verdict.OwnNames.of(List.of(name))
                : refused("the token has no name in its claim '" + nameClaim + "'");
    }

    private static Verdict refused(String why) {
        return new Verdict.Refused(Verdict.Required.JWT, why);
    }

    private static String problems(JwtValidationException invalid) {
        return invalid.getErrors().stream().map(OAuth2Error::getDescription).collect(Collectors.joining("; "));
    }
}
