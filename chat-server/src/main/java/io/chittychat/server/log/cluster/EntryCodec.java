package io.chittychat.server.log.cluster;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chittychat.server.log.CommandCodec;
import io.chittychat.server.log.v1.ChangeLimits;
import io.chittychat.server.log.v1.Heartbeat;
import io.chittychat.server.log.v1.LogEntry;
import io.chittychat.server.log.v1.LogLimits;
import io.chittychat.server.log.v1.LoggedCommand;
import io.chittychat.server.log.v1.NodeStarts;
import io.chittychat.server.log.v1.NodeStops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts entries to the bytes of {@code entry.proto}, and back.
 *
 * <p>Threading: any thread.
 */
final class EntryCodec {

    /** The version of the entries that this code writes, and the highest that it knows. */
    static final int VERSION = 1;

    private EntryCodec() {}

    /** Encodes an entry. The same entry has the same bytes. */
    static byte[] encode(Entry entry) {
        LogEntry.Builder wire = LogEntry.newBuilder()
                .setVersion(VERSION)
                .setNode(entry.author().node())
                .setGeneration(entry.author().generation())
                .setIncarnation(entry.author().incarnation())
                .setFirst(entry.first());
        entry.proposals().forEach(proposal -> wire.addCommands(wire(proposal)));
        return wire.build().toByteArray();
    }

    /** @throws UnknownEntryException if the bytes are of another version, or not an entry */
    static Entry decode(byte[] bytes) throws UnknownEntryException {
        LogEntry wire;
        try {
            wire = LogEntry.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UnknownEntryException("it is not an entry: " + e.getMessage());
        }
        if (wire.getVersion() != VERSION) {
            throw new UnknownEntryException(
                    "it has version " + wire.getVersion() + ", and this service knows " + VERSION);
        }
        if (wire.getCommandsCount() == 0) {
            throw new UnknownEntryException("it is empty");
        }
        List<Proposal> proposals = new ArrayList<>(wire.getCommandsCount());
        for (LoggedCommand command : wire.getCommandsList()) {
            proposals.add(proposal(command));
        }
        return new Entry(
                new Author(wire.getNode(), wire.getGeneration(), wire.getIncarnation()), wire.getFirst(), proposals);
    }

    private static LoggedCommand wire(Proposal proposal) {
        if (proposal instanceof Proposal.ForRoom forRoom) {
            return CommandCodec.wire(forRoom.command());
        }
        LoggedCommand.Builder wire = LoggedCommand.newBuilder().setVersion(CommandCodec.VERSION);
        if (proposal instanceof Proposal.Starts starts) {
            wire.setNodeStarts(NodeStarts.newBuilder().setLimits(wire(starts.limits())));
        } else if (proposal instanceof Proposal.Stops) {
            wire.setNodeStops(NodeStops.getDefaultInstance());
        } else if (proposal instanceof Proposal.Heartbeat heartbeat) {
            wire.setHeartbeat(Heartbeat.newBuilder()
                    .setLamportTime(heartbeat.lamportTime())
                    .setDigest(heartbeat.digest()));
        } else if (proposal instanceof Proposal.ChangeLimits change) {
            wire.setChangeLimits(ChangeLimits.newBuilder().setLimits(wire(change.limits())));
        }
        return wire.build();
    }

    private static Proposal proposal(LoggedCommand wire) throws UnknownEntryException {
        return switch (wire.getCommandCase()) {
            case NODE_STARTS -> new Proposal.Starts(limits(wire.getNodeStarts().getLimits()));
            case NODE_STOPS -> new Proposal.Stops();
            case HEARTBEAT ->
                new Proposal.Heartbeat(
                        wire.getHeartbeat().getLamportTime(),
                        wire.getHeartbeat().getDigest());
            case CHANGE_LIMITS ->
                new Proposal.ChangeLimits(limits(wire.getChangeLimits().getLimits()));
            default -> forRoom(wire);
        };
    }

    private static Proposal forRoom(LoggedCommand wire) throws UnknownEntryException {
        try {
            return new Proposal.ForRoom(CommandCodec.command(wire));
        } catch (CommandCodec.UnknownCommandException e) {
            throw new UnknownEntryException("it has " + e.getMessage());
        }
    }

    static LogLimits wire(Limits limits) {
        return LogLimits.newBuilder()
                .setMaxParticipants(limits.maxParticipants())
                .setResumeWindowMicros(limits.resumeWindow().toNanos() / 1000)
                .setNodeTimeoutMicros(limits.nodeTimeout().toNanos() / 1000)
                .build();
    }

    static Limits limits(LogLimits wire) {
        return new Limits(
                wire.getMaxParticipants(),
                Duration.ofNanos(wire.getResumeWindowMicros() * 1000),
                Duration.ofNanos(wire.getNodeTimeoutMicros() * 1000));
    }
}
