package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * The page tokens of one kind of list. A token holds the Lamport time after which, or before which, its page begins.
 *
 * @param prefix distinguishes the tokens of this list from those of others
 * @param first the Lamport time of the first page, which has an empty token
 */
record Pages(String prefix, long first) {

    /** The longest text that is decoded, in UTF-16 units; tokens are shorter. */
    private static final int MAX_TOKEN = 64;

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1000;

    static int size(int asked) {
        return asked <= 0 ? DEFAULT_SIZE : Math.min(asked, MAX_SIZE);
    }

    String token(long lamportTime) {
        byte[] token = (prefix + lamportTime).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The Lamport time in a token; empty if the token was not made by {@link #token}. */
    OptionalLong time(String pageToken) {
        if (pageToken.isEmpty()) {
            return OptionalLong.of(first);
        }
        if (pageToken.length() > MAX_TOKEN) {
            return OptionalLong.empty();
        }
        try {
            String token = new String(Base64.getUrlDecoder().decode(pageToken), StandardCharsets.US_ASCII);
            long time = token.startsWith(prefix) ? Long.parseLong(token.substring(prefix.length())) : 0;
            return time > 0 && token(time).equals(pageToken) ? OptionalLong.of(time) : OptionalLong.empty();
        } catch (IllegalArgumentException e) { // neither Base64 nor a number
            return OptionalLong.empty();
        }
    }

    static Status invalid() {
        return Failures.field(
                ErrorReason.PAGE_TOKEN_INVALID, "page_token", "the service did not issue this page token");
    }
}
