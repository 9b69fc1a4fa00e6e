package io.chittychat.server.chat;

import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import java.time.Duration;

/**
 * Keeps sessions alive that give signs of life: any call, and any open stream.
 *
 * <p>Threading: any thread; no method blocks.
 */
public interface Leases {

    /** How long a session lives without a sign of life. */
    Duration resumeWindow();

    /**
     * A session begins, or its join was repeated, which is a sign of life.
     *
     * @param join the id that this join proposed; differs from {@code session} if the join was a repetition
     */
    void open(SessionId session, SessionId join);

    /** A session gave a sign of life. Does nothing for an unknown session. */
    void touch(SessionId session);

    /**
     * Keeps a session alive until {@link #release}, for example while it has an open stream.
     *
     * @return whether there is such a session
     */
    boolean hold(SessionId session);

    /** Ends one hold of a session; its resume window begins anew. */
    void release(SessionId session);

    /**
     * The same as {@link #hold} for a Broadcast, until {@link #releaseAttached}.
     *
     * @return whether there is such a session
     */
    boolean holdAttached(SessionId session);

    /** Ends one {@link #holdAttached} of a session. */
    void releaseAttached(SessionId session);

    /**
     * The same as {@link #hold} for a call that is answered without the room.
     *
     * @return whether there is such a session, and no expiry of it is under way
     */
    boolean holdUnlessExpiring(SessionId session);

    /** Keeps a session alive until the reply to its command is delivered. */
    <R extends Result> Reply<R> holdUntilAnswered(SessionId session, Reply<R> reply);

    /** A session ended. */
    void end(SessionId session);

    /**
     * Runs the task of a call that reads, once everything is visible here that was accepted before, and the session is safe from
     * expiring while the call is answered.
     *
     * @param unavailable runs instead if that takes too long
     */
    void whenCurrent(SessionId session, Runnable current, Runnable unavailable);
}
