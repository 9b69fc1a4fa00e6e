package io.chittychat.session;

import io.grpc.Status;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The reason why there is no connection, in plain words; gRPC says "io exception" and lists its pipeline. */
final class Cause {

    private static final String CLOSED = "Network closed";
    private static final String RESET = "Connection reset";

    /** The name of the alert in RFC 8446; BoringSSL and the JDK spell it differently. */
    private static final String CERTIFICATE_REQUIRED = "CERTIFICATE_REQUIRED";

    private Cause() {}

    /** The reason, on one line. */
    static String of(Status status) {
        String description = firstLine(status.getDescription());
        Throwable cause = status.getCause();
        if (isAny(cause, CertPathBuilderException.class)) {
            return "its certificate is not signed by a trusted authority";
        }
        if (isAny(cause, CertificateException.class)) {
            return "its certificate is not valid: " + root(cause);
        }
        if (isAny(cause, SSLException.class)
                && root(cause).toUpperCase(Locale.ROOT).contains(CERTIFICATE_REQUIRED)) {
            return "it requires a client certificate";
        }
        if (isAny(cause, SSLException.class)) {
            return root(cause).startsWith("not an SSL/TLS record") ? "it does not speak TLS" : "TLS: " + root(cause);
        }
        if (description.startsWith(CLOSED) || root(cause).contains(RESET)) {
            return "it closes the connection: perhaps it requires TLS, or is another kind of service";
        }
        String root = root(cause);
        return root.isEmpty() ? description : description + ": " + root;
    }

    private static boolean isAny(@Nullable Throwable cause, Class<? extends Throwable> type) {
        return Stream.iterate(cause, t -> t != null, Throwable::getCause).anyMatch(type::isInstance);
    }

    private static String root(@Nullable Throwable cause) {
        Throwable root = cause;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root == null ? "" : firstLine(root.getMessage());
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
