package io.chittychat.server.store;

import java.sql.SQLException;

/** What was read is not what was recorded. The message names the place and the difference. */
final class DamageException extends SQLException {
    private static final long serialVersionUID = 1;

    DamageException(String message) {
        super(message);
    }

    /** @param problem the end of a sentence whose subject is the event */
    static DamageException ofEvent(long lamportTime, String problem) {
        return new DamageException("event " + lamportTime + " " + problem);
    }
}
