package io.chittychat.server.access;

import io.chittychat.text.Secret;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The credentials of a caller that asks to join.
 *
 * @param bearerToken the token of the header {@code authorization: Bearer}
 * @param certificate the client's certificate, which TLS has verified
 */
public record Credentials(Optional<Secret> bearerToken, Optional<X509Certificate> certificate) {

    /** No credentials. */
    public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());
}
