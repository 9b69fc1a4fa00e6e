package io.chittychat.server.bridge;

/**
 * The permission for one call.
 *
 * <p>Threading: any thread.
 */
public interface Permit {

    /** The bytes of the answer that the client has not taken have changed by {@code more}, which may be negative. */
    void unread(int more);

    /** The call has ended. Called once. */
    void end();
}
