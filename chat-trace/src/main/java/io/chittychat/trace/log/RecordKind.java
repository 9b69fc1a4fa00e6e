package io.chittychat.trace.log;

import io.chittychat.text.LogFormatException;

/** The kind of a record of a participant. */
public enum RecordKind {
    /** It sent a request. */
    SEND,
    /** The service replied to a request, or refused it. */
    REPLY,
    /** A message arrived on the Broadcast stream. */
    RECEIVE,
    /** The Broadcast stream ended. */
    END;

    static RecordKind parse(String text) throws LogFormatException {
        return switch (text) {
            case "send" -> SEND;
            case "reply" -> REPLY;
            case "receive" -> RECEIVE;
            case "end" -> END;
            default -> throw new LogFormatException("unknown kind '" + text + "'");
        };
    }
}
