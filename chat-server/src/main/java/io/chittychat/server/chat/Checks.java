package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.server.room.SessionId;
import io.chittychat.v1.PublishRequest;
import java.util.Optional;

/** What may be wrong with a request before the room sees it: it comes too soon, or it is wrong whatever the state. */
record Checks(Gate gate, Validation validation) {

    Optional<Status> publish(SessionId session, PublishRequest request) {
        Optional<Status> tooSoon = gate.publish(session);
        return tooSoon.isPresent()
                ? tooSoon
                : validation.publish(request).or(() -> leap(session, request.getLamportTime()));
    }

    /** Why a session's request may not move the clock as far now; sessions that are not here move nothing. */
    Optional<Status> leap(SessionId session, long lamportTime) {
        return validation.isLeap(lamportTime) && gate.isPresent(session)
                ? validation.leap(lamportTime)
                : Optional.empty();
    }
}
