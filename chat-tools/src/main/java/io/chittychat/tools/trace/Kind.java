package io.chittychat.tools.trace;

import java.util.Arrays;
import java.util.Locale;

/** What a participant wrote down. */
public enum Kind {
    /** It sent a request. */
    SEND,
    /** The service answered a request, or refused it. */
    REPLY,
    /** A message came on the Broadcast stream. */
    RECEIVE,
    /** The Broadcast stream ended. */
    END;

    static Kind parse(String text) throws LogFormatException {
        return Arrays.stream(values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new LogFormatException("unknown kind '" + text + "'"));
    }
}
