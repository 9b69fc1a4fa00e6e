package io.chittychat.server.log.cluster;

import io.chittychat.server.room.SessionId;

/**
 * What decides whether a session may expire. Times are times of windows, in microseconds.
 *
 * @param attachedBy the incarnation of the node that serves its Broadcast; 0 if none does
 * @param attachedAt the Lamport time at which that Broadcast was attached; 0 if none is
 * @param lastSign the time of its newest sign of life
 * @param joinedAt the time of its join
 * @param newestJoin the session id in the newest of its joins
 */
public record Presence(long attachedBy, long attachedAt, long lastSign, long joinedAt, SessionId newestJoin) {

    boolean isAttached() {
        return attachedAt != 0;
    }

    Presence signed(long now) {
        return new Presence(attachedBy, attachedAt, now, joinedAt, newestJoin);
    }

    Presence joinedAgain(SessionId join, long now) {
        return new Presence(attachedBy, attachedAt, now, joinedAt, join);
    }

    Presence attached(long by, long at, long now) {
        return new Presence(by, at, now, joinedAt, newestJoin);
    }

    Presence detached(long now) {
        return new Presence(0, 0, now, joinedAt, newestJoin);
    }
}
