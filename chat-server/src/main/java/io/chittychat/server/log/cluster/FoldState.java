package io.chittychat.server.log.cluster;

import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a fold beside that of its room: with both, a fold goes on as the original would.
 *
 * @param offset the place in the log of the next entry
 * @param time the time of the newest entry, in microseconds since 1970
 * @param windowTime the time in which windows run, in microseconds
 * @param limits empty as long as the log has no entry
 * @param members in the order of their ids
 * @param presences of all present participants
 */
public record FoldState(
        long offset,
        long time,
        long windowTime,
        Optional<Limits> limits,
        List<Member> members,
        Map<SessionId, Presence> presences) {

    /** The state at the beginning of the log. */
    public static final FoldState EMPTY = new FoldState(0, 0, 0, Optional.empty(), List.of(), Map.of());

    /** Returns the state of a room with what of its sessions is in this state, and not in a store of events. */
    public RoomState completed(RoomState room) {
        return new RoomState(
                room.lamportTime(),
                room.newestEvent(),
                room.present().stream().map(this::completed).toList());
    }

    private RoomState.Stay completed(RoomState.Stay stay) {
        Presence presence = presences.get(stay.session());
        if (presence == null) {
            throw new IllegalStateException("the store has no presence of session " + stay.session());
        }
        return new RoomState.Stay(
                stay.session(),
                stay.name(),
                stay.joinedLamportTime(),
                instant(presence.joinedAt()),
                stay.key(),
                new RoomState.Presence(presence.newestJoin(), presence.attachedAt()),
                stay.publishes());
    }

    /** @param micros since 1970 */
    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
