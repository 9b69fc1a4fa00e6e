package io.chittychat.server.store;

import java.nio.file.Path;

/** The store cannot be opened, read or written. The message tells the operator what to do. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The disk is full; nothing was written. */
    public static final class Full extends StoreException {
        private static final long serialVersionUID = 1;

        Full(Throwable cause) {
            super("there is no space left on the disk", cause);
        }
    }

    /** Another program holds the lock of the store; nothing was written. */
    public static final class Busy extends StoreException {
        private static final long serialVersionUID = 1;

        Busy(Path file, Throwable cause) {
            super("another program holds the lock of the store " + file + "; end it, or its transaction", cause);
        }
    }

    /** The disk does not contain what was written. */
    public static final class Damaged extends StoreException {
        private static final long serialVersionUID = 1;

        Damaged(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another process has the store open. */
    public static final class InUse extends StoreException {
        private static final long serialVersionUID = 1;

        InUse(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
