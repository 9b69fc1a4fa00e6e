package io.chittychat.server.bridge;

/**
 * The permission for one call.
 *
 * <p>Threading: any thread.
 */
public interface Permit {

    /** The bytes of the answer that the client has not taken have changed by {@code more}, which may be negative. */
    void unread(int more);

    /** Whether a stream should wait before it sends more, because too many answers are not read. */
    boolean isCongested();

    /** Whether the client may have so many more bytes that it has not taken. */
    boolean mayHold(int bytes);

    /** The call has ended. Called once. */
    void end();
}
