package io.chittychat.trace.log;

import io.chittychat.text.LogFormatException;

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
        return switch (text) {
            case "send" -> SEND;
            case "reply" -> REPLY;
            case "receive" -> RECEIVE;
            case "end" -> END;
            default -> throw new LogFormatException("unknown kind '" + text + "'");
        };
    }
}
