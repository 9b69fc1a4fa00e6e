package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Follows the events of sessions: one beginning, at most one end, nothing said twice. */
final class SessionsCheck {

    private static final int REMEMBERED = 256; // publishes of a session that may be repeated

    private final long removedThrough;
    private final Consumer<String> problems;
    private final Map<SessionId, Followed> present = new HashMap<>();
    private int sessions;

    /** What is known of a session that has not ended. */
    private record Followed(String participant, Map<Long, Long> recent) {
        Followed(String participant) {
            this(participant, new LinkedHashMap<>());
        }
    }

    /** @param removedThrough what happened until then is not known any more */
    SessionsCheck(long removedThrough, Consumer<String> problems) {
        this.removedThrough = removedThrough;
        this.problems = problems;
    }

    void take(Event event) {
        Event.Header header = event.header();
        SessionId id = header.session();
        if (event instanceof Event.Joined) {
            if (present.put(id, new Followed(header.participant())) != null) {
                problems.accept("event " + header.lamportTime() + ": " + header.participant() + " joined twice");
            }
            return;
        }
        Followed session = present.get(id);
        if (session == null && removedThrough > 0) {
            session = new Followed(header.participant()); // its join was removed
            present.put(id, session);
        }
        if (session == null) {
            problems.accept("event " + header.lamportTime() + ": " + header.participant() + " is not present");
        } else if (event instanceof Event.Published published) {
            publish(session, published);
        } else {
            present.remove(id);
        }
    }

    private void publish(Followed session, Event.Published published) {
        if (published.sequence() == 0) {
            return;
        }
        Long earlier = session.recent()
                .putIfAbsent(published.sequence(), published.header().lamportTime());
        if (earlier != null) {
            problems.accept("event " + published.header().lamportTime() + " repeats event " + earlier + " of "
                    + session.participant() + ", sequence " + Long.toUnsignedString(published.sequence()));
        }
        if (session.recent().size() > REMEMBERED) {
            Iterator<Long> oldest = session.recent().keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Compares what the events tell with the sessions that the store has. */
    void compare(RoomState state) {
        Map<SessionId, RoomState.Stay> recorded = new HashMap<>();
        state.present().forEach(stay -> recorded.put(stay.session(), stay));
        present.forEach((id, session) -> {
            RoomState.Stay stay = recorded.get(id);
            if (stay == null) {
                problems.accept(session.participant() + " has joined and not left, but has no session");
            } else {
                compareRecent(session, stay);
            }
        });
        recorded.forEach((id, stay) -> {
            if (!present.containsKey(id) && stay.joinedLamportTime() > removedThrough) {
                problems.accept(stay.name() + " has a session, but has not joined or has left");
            }
        });
        sessions = recorded.size();
    }

    private void compareRecent(Followed session, RoomState.Stay stay) {
        Map<Long, Long> remembered = new HashMap<>();
        stay.recent().forEach(publish -> remembered.put(publish.sequence(), publish.lamportTime()));
        boolean whole = stay.joinedLamportTime() > removedThrough;
        if (whole && !remembered.equals(session.recent())) {
            problems.accept(stay.name() + ": what may be repeated is not what was published last");
        }
    }

    /** How many sessions the store has. */
    int sessions() {
        return sessions;
    }
}
