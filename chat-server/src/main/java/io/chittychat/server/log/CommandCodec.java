package io.chittychat.server.log;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chittychat.server.log.v1.Attach;
import io.chittychat.server.log.v1.Bits;
import io.chittychat.server.log.v1.Detach;
import io.chittychat.server.log.v1.Expire;
import io.chittychat.server.log.v1.Join;
import io.chittychat.server.log.v1.Leave;
import io.chittychat.server.log.v1.LoggedCommand;
import io.chittychat.server.log.v1.Publish;
import io.chittychat.server.log.v1.Touch;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import java.util.Optional;

/**
 * Converts commands to the bytes of {@code command.proto}, and back, for a log that several processes read. The log
 * inside one process does not need it.
 *
 * <p>Threading: any thread.
 */
public final class CommandCodec {

    /** The version of the commands that this code writes, and the only one that it knows. */
    public static final int VERSION = 1;

    private CommandCodec() {}

    /** The bytes are not a command that this version of the service knows, so it must not apply them. */
    public static final class UnknownCommandException extends Exception {
        private static final long serialVersionUID = 1;

        UnknownCommandException(String problem) {
            super(problem);
        }
    }

    /** Encodes a command. The same command has the same bytes. */
    public static byte[] encode(Command<?> command) {
        return wire(command).toByteArray();
    }

    /** Converts a command to its message. */
    public static LoggedCommand wire(Command<?> command) {
        LoggedCommand.Builder logged = LoggedCommand.newBuilder().setVersion(VERSION);
        if (command instanceof Command.Join join) {
            logged.setJoin(wire(join));
        } else if (command instanceof Command.Publish publish) {
            logged.setPublish(Publish.newBuilder()
                    .setSession(wire(publish.session()))
                    .setText(publish.text())
                    .setSequence(publish.sequence())
                    .setPreviousSequence(publish.previousSequence())
                    .setLamportTime(publish.lamportTime()));
        } else if (command instanceof Command.Leave leave) {
            logged.setLeave(Leave.newBuilder().setSession(wire(leave.session())).setLamportTime(leave.lamportTime()));
        } else if (command instanceof Command.Attach attach) {
            logged.setAttach(
                    Attach.newBuilder().setSession(wire(attach.session())).setLamportTime(attach.lamportTime()));
        } else if (command instanceof Command.Detach detach) {
            logged.setDetach(
                    Detach.newBuilder().setSession(wire(detach.session())).setAttachedAt(detach.attachedAt()));
        } else if (command instanceof Command.Expire expire) {
            logged.setExpire(
                    Expire.newBuilder().setSession(wire(expire.session())).setNewestJoin(wire(expire.newestJoin())));
        } else if (command instanceof Command.Touch touch) {
            logged.setTouch(Touch.newBuilder().setSession(wire(touch.session())));
        }
        return logged.build();
    }

    /**
     * Decodes a command.
     *
     * @throws UnknownCommandException if the bytes are of another version, or not a command
     */
    public static Command<?> decode(byte[] bytes) throws UnknownCommandException {
        LoggedCommand logged;
        try {
            logged = LoggedCommand.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UnknownCommandException("not a command: " + e.getMessage());
        }
        return command(logged);
    }

    /**
     * Converts a message to its command.
     *
     * @throws UnknownCommandException if the message is of another version, or not a command to the room
     */
    public static Command<?> command(LoggedCommand logged) throws UnknownCommandException {
        if (logged.getVersion() != VERSION) {
            throw new UnknownCommandException("a command of version " + logged.getVersion());
        }
        return switch (logged.getCommandCase()) {
            case JOIN -> join(logged.getJoin());
            case PUBLISH -> publish(logged.getPublish());
            case LEAVE ->
                new Command.Leave(
                        session(logged.getLeave().getSession()),
                        logged.getLeave().getLamportTime());
            case ATTACH ->
                new Command.Attach(
                        session(logged.getAttach().getSession()),
                        logged.getAttach().getLamportTime());
            case DETACH ->
                new Command.Detach(
                        session(logged.getDetach().getSession()),
                        logged.getDetach().getAttachedAt());
            case EXPIRE ->
                new Command.Expire(
                        session(logged.getExpire().getSession()),
                        session(logged.getExpire().getNewestJoin()));
            case TOUCH -> new Command.Touch(session(logged.getTouch().getSession()));
            case NODE_STARTS, NODE_STOPS, HEARTBEAT, CHANGE_LIMITS ->
                throw new UnknownCommandException("a command that is none to the room");
            case COMMAND_NOT_SET -> throw new UnknownCommandException("a command of an unknown kind");
        };
    }

    private static Join wire(Command.Join join) {
        Join.Builder wire = Join.newBuilder()
                .setName(join.name().value())
                .setNameKey(join.name().key())
                .setSession(wire(join.session()))
                .setLamportTime(join.lamportTime());
        join.key()
                .ifPresent(key -> wire.setKey(io.chittychat.server.log.v1.JoinKey.newBuilder()
                        .setRequest(wire(key.request()))
                        .setSalt(wire(key.salt()))));
        return wire.build();
    }

    private static Command.Join join(Join wire) {
        return new Command.Join(
                new ParticipantName(wire.getName(), wire.getNameKey()),
                session(wire.getSession()),
                wire.hasKey()
                        ? Optional.of(new JoinKey(
                                bits(wire.getKey().getRequest()),
                                bits(wire.getKey().getSalt())))
                        : Optional.empty(),
                wire.getLamportTime());
    }

    private static Command.Publish publish(Publish wire) {
        return new Command.Publish(
                session(wire.getSession()),
                wire.getText(),
                wire.getSequence(),
                wire.getPreviousSequence(),
                wire.getLamportTime());
    }

    private static Bits wire(SessionId session) {
        return Bits.newBuilder().setHigh(session.high()).setLow(session.low()).build();
    }

    private static Bits wire(JoinKey.Bits bits) {
        return Bits.newBuilder().setHigh(bits.high()).setLow(bits.low()).build();
    }

    private static SessionId session(Bits bits) {
        return new SessionId(bits.getHigh(), bits.getLow());
    }

    private static JoinKey.Bits bits(Bits bits) {
        return new JoinKey.Bits(bits.getHigh(), bits.getLow());
    }
}
