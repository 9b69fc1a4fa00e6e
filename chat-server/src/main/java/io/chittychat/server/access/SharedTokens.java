package io.chittychat.server.access;

import io.chittychat.text.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;

/**
 * Admits callers that know one of a list of tokens, under any name. The time of a comparison says nothing about the
 * tokens: a caller's digest is compared with all digests, each to its end.
 */
public final class SharedTokens implements Admission {

    private static final Verdict MISSING = new Verdict.Refused(
            Verdict.Required.TOKEN, "this service requires a token; send it as 'authorization: Bearer TOKEN'");
    private static final Verdict WRONG = new Verdict.Refused(Verdict.Required.TOKEN, "the token is not valid");

    private final List<byte[]> digests;

    public SharedTokens(Collection<Secret> tokens) {
        digests = tokens.stream().map(SharedTokens::digest).toList();
    }

    @Override
    public Verdict judge(Credentials shown) {
        return shown.bearerToken()
                .map(token -> isKnown(token) ? new Verdict.AnyName() : WRONG)
                .orElse(MISSING);
    }

    private boolean isKnown(Secret token) {
        byte[] digest = digest(token);
        boolean known = false;
        for (byte[] one : digests) {
            known |= MessageDigest.isEqual(one, digest);
        }
        return known;
    }

    private static byte[] digest(Secret token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.value().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
