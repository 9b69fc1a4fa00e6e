package io.chittychat.server.chat;

import com.google.rpc.Status;

/**
 * Where the answer to one call goes, in whatever protocol; exactly one.
 *
 * <p>Threading: answered by one thread, which it must not block.
 *
 * @param <T> the response
 */
public interface Answer<T> {

    /**
     * Done.
     *
     * @param participant who called
     * @param lamportOut the response's Lamport time
     */
    void succeed(T response, String participant, long lamportOut);

    /** Refused. */
    void fail(Status why);
}
