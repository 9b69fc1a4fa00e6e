package io.chittychat.server.store;

import java.sql.SQLException;

/** What was read is not what was recorded. Its message says where and what differs. */
final class DamageException extends SQLException {
    private static final long serialVersionUID = 1;

    DamageException(String message) {
        super(message);
    }

    /** An event that must not be shown. */
    static DamageException ofEvent(long lamportTime, String what) {
        return new DamageException("event " + lamportTime + " " + what);
    }
}
