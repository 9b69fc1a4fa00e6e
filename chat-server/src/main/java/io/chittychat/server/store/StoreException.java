package io.chittychat.server.store;

import java.nio.file.Path;

/** The store cannot do what was asked. Its message says what an operator can do. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** There is no space on the disk; nothing was written. */
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

    /** What is on the disk is not what was written. */
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
