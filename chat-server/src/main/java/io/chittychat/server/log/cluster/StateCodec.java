package io.chittychat.server.log.cluster;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chittychat.server.log.v1.Bits;
import io.chittychat.server.log.v1.NodeState;
import io.chittychat.server.log.v1.PresenceState;
import io.chittychat.server.log.v1.ReplicaState;
import io.chittychat.server.room.SessionId;
import java.util.Map;
import java.util.Optional;

/**
 * Converts the state of a fold to bytes for the store of a node, and back. Presences are kept apart, one by one.
 *
 * <p>Threading: any thread.
 */
public final class StateCodec {

    private StateCodec() {}

    /** Encodes a state without its presences. */
    public static byte[] encode(FoldState state) {
        ReplicaState.Builder wire = ReplicaState.newBuilder()
                .setOffset(state.offset())
                .setTime(state.time())
                .setWindowTime(state.windowTime());
        state.limits().ifPresent(limits -> wire.setLimits(EntryCodec.wire(limits)));
        for (Member member : state.members()) {
            wire.addNodes(NodeState.newBuilder()
                    .setNode(member.author().node())
                    .setGeneration(member.author().generation())
                    .setIncarnation(member.author().incarnation())
                    .setNext(member.next())
                    .setHeardAt(member.heardAt())
                    .setEndedAt(member.endedAt()));
        }
        return wire.build().toByteArray();
    }

    /** @throws IllegalArgumentException if the bytes are not a state */
    public static FoldState decode(byte[] bytes, Map<SessionId, Presence> presences) {
        try {
            ReplicaState wire = ReplicaState.parseFrom(bytes);
            return new FoldState(
                    wire.getOffset(),
                    wire.getTime(),
                    wire.getWindowTime(),
                    wire.hasLimits() ? Optional.of(EntryCodec.limits(wire.getLimits())) : Optional.empty(),
                    wire.getNodesList().stream().map(StateCodec::member).toList(),
                    presences);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the place in the shared log cannot be read", e);
        }
    }

    private static Member member(NodeState wire) {
        return new Member(
                new Author(wire.getNode(), wire.getGeneration(), wire.getIncarnation()),
                wire.getNext(),
                wire.getHeardAt(),
                wire.getEndedAt());
    }

    /** Encodes a presence. */
    public static byte[] encode(Presence presence) {
        return PresenceState.newBuilder()
                .setAttachedBy(presence.attachedBy())
                .setAttachedAt(presence.attachedAt())
                .setLastSign(presence.lastSign())
                .setJoinedAt(presence.joinedAt())
                .setNewestJoin(Bits.newBuilder()
                        .setHigh(presence.newestJoin().high())
                        .setLow(presence.newestJoin().low()))
                .build()
                .toByteArray();
    }

    /** @throws IllegalArgumentException if the bytes are not a presence */
    public static Presence presence(byte[] bytes) {
        try {
            PresenceState wire = PresenceState.parseFrom(bytes);
            return new Presence(
                    wire.getAttachedBy(),
                    wire.getAttachedAt(),
                    wire.getLastSign(),
                    wire.getJoinedAt(),
                    new SessionId(
                            wire.getNewestJoin().getHigh(), wire.getNewestJoin().getLow()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a presence in the shared log cannot be read", e);
        }
    }
}
