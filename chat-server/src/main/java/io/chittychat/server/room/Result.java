package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import java.util.Optional;

/** What came of an accepted command. Times are Lamport times. */
public sealed interface Result {

    /**
     * @param key the key of the join that made the session
     * @param repeated whether the session existed already and nothing was appended
     */
    record Joined(SessionId session, ParticipantName name, long lamportTime, Optional<JoinKey> key, boolean repeated)
            implements Result {}

    /** @param repeated whether the message was in the log already and nothing was appended */
    record Published(String participant, long lamportTime, boolean repeated) implements Result {}

    record Left(String participant, long lamportTime) implements Result {}

    /** @param joinedLamportTime time of the session's own joined event */
    record Attached(String participant, long lamportTime, long joinedLamportTime) implements Result {}

    record Detached() implements Result {}
}
