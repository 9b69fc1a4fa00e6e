package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import java.util.Optional;

/** The result of an accepted command. */
public sealed interface Result {

    /**
     * The result of a join.
     *
     * @param lamportTime the Lamport time of the session's joined event
     * @param key the key of the join that made the session
     * @param repeated whether the session existed already, so that no event was appended
     */
    record Joined(SessionId session, ParticipantName name, long lamportTime, Optional<JoinKey> key, boolean repeated)
            implements Result {}

    /**
     * The result of a publish.
     *
     * @param lamportTime the Lamport time of the message's event
     * @param repeated whether the message was in the log already, so that no event was appended
     */
    record Published(String participant, long lamportTime, boolean repeated) implements Result {}

    /** The result of a leave or an expiry: the Lamport time of the left event. */
    record Left(String participant, long lamportTime) implements Result {}

    /**
     * The result of an attach.
     *
     * @param lamportTime the Lamport time of the attach, which is not an event
     * @param joinedLamportTime the Lamport time of the session's joined event
     */
    record Attached(String participant, long lamportTime, long joinedLamportTime) implements Result {}

    /** The result of a touch: the session is there. */
    record Touched() implements Result {}

    /** The result of a detach. */
    record Detached() implements Result {}
}
