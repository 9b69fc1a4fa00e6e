package io.chittychat.server.store;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import java.util.Optional;

/** Commands of sessions with numbers as ids. */
public final class Commands {

    private Commands() {}

    public static SessionId session(long id) {
        return new SessionId(-7, id);
    }

    public static Command.Join join(String name, long session) {
        return new Command.Join(ParticipantName.of(name), session(session), Optional.empty(), 0);
    }

    /** @param request identifies the request: a repeat has the same */
    public static Command.Join repeatableJoin(String name, long session, long request) {
        JoinKey key = new JoinKey(new JoinKey.Bits(request, -1), new JoinKey.Bits(session, Long.MIN_VALUE));
        return new Command.Join(ParticipantName.of(name), session(session), Optional.of(key), 3);
    }

    public static Command.Publish publish(long session, long sequence) {
        return publish(session, "text " + sequence, sequence);
    }

    public static Command.Publish publish(long session, String text, long sequence) {
        return new Command.Publish(session(session), text, sequence, 0);
    }

    public static Command.Leave leave(long session) {
        return new Command.Leave(session(session), 0);
    }

    public static Command.Attach attach(long session) {
        return new Command.Attach(session(session), 0);
    }
}
