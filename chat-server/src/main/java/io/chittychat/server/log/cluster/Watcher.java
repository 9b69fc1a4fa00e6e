package io.chittychat.server.log.cluster;

import io.chittychat.server.room.SessionId;

/**
 * Is told what happens in the cluster.
 *
 * <p>Threading: the room thread calls it; no method may block.
 */
public interface Watcher {

    /** A session's Broadcast is served by another node now. */
    void attachedElsewhere(SessionId session);

    /** The other nodes have given this one up, or are about to: the sessions that it serves are not attached any more. */
    void nodeLost();

    /**
     * An entry of this node came back from the shared log.
     *
     * @param nanos the time since it was sent, in nanoseconds
     */
    void returned(long nanos);

    /** A session expired. */
    void expired(String participant, long lamportTime);
}
