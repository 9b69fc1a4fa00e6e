package io.chittychat.server.room;

import java.time.Instant;
import java.util.Optional;

/** What came of an accepted command. Times are Lamport times. */
public sealed interface Result {

    /**
     * @param joinedAt when the join was ordered, by the wall clock of whoever ordered it
     * @param key the key of the join that made the session
     * @param repeated whether the session existed already and nothing was appended
     */
    record Joined(SessionId session, long lamportTime, Instant joinedAt, Optional<JoinKey> key, boolean repeated)
            implements Result {}

    /** @param repeated whether the message was in the log already and nothing was appended */
    record Published(String participant, long lamportTime, boolean repeated) implements Result {}

    record Left(String participant, long lamportTime) implements Result {}

    /** @param joinedLamportTime time of the session's own joined event */
    record Attached(String participant, long lamportTime, long joinedLamportTime) implements Result {}

    record Detached() implements Result {}
}
