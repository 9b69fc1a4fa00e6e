package io.chittychat.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;

/**
 * Whoever knows one of some tokens may join, under any name. How long a comparison takes tells nothing about the tokens:
 * digests are compared, each to its end, and all of them.
 */
public final class SharedTokens implements Admission {

    private static final Verdict MISSING =
            new Verdict.Refused("this service wants a token; send it as 'authorization: Bearer TOKEN'");
    private static final Verdict WRONG = new Verdict.Refused("the token is not valid");

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
