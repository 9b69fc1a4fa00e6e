package io.chittychat.server.bridge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The headers of requests of the Connect protocol. */
final class ConnectHeaders {

    private static final int MOST_DIGITS = 10;

    private ConnectHeaders() {}

    static void checkVersion(HttpServletRequest request) throws RefusedException {
        String version = request.getHeader("connect-protocol-version");
        if (version != null && !version.equals("1")) {
            throw RefusedException.invalid("connect-protocol-version must be \"1\"");
        }
    }

    /** Only messages as they are can be read. */
    static void checkEncoding(@Nullable String encoding) throws RefusedException {
        if (encoding != null && !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            throw RefusedException.unimplemented(
                    "the request is compressed in an unknown encoding; supported encodings: identity");
        }
    }

    static OptionalLong timeout(HttpServletRequest request) throws RefusedException {
        String millis = request.getHeader("connect-timeout-ms");
        if (millis == null) {
            return OptionalLong.empty();
        }
        if (!isNumber(millis, MOST_DIGITS)) {
            throw RefusedException.invalid("connect-timeout-ms must be a whole number of at most 10 digits");
        }
        return OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis)));
    }

    static boolean isNumber(String text, int mostDigits) {
        return !text.isEmpty()
                && text.length() <= mostDigits
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
