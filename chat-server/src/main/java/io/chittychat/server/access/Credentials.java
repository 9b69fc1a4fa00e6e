package io.chittychat.server.access;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What somebody shows who wants to join.
 *
 * @param bearerToken what came as {@code authorization: Bearer}
 * @param certificate the client's certificate, which the connection has verified
 */
public record Credentials(Optional<Secret> bearerToken, Optional<X509Certificate> certificate) {

    /** Nothing at all. */
    public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());
}
