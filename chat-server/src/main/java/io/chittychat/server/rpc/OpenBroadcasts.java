package io.chittychat.server.rpc;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.timeline.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Broadcast that each session has open: one at most.
 *
 * <p>Threading: Broadcasts begin, and sessions end, on the room thread; a Broadcast may end on any thread.
 */
public final class OpenBroadcasts {

    private final Map<SessionId, BroadcastStream> streams = new ConcurrentHashMap<>();
    private final Map<SessionId, Long> leftInThisBatch = new HashMap<>(); // the room thread's; Lamport times

    /** A session opens a Broadcast, which ends the one that it had. To be called before the stream can have ended. */
    void opened(SessionId session, BroadcastStream stream) {
        BroadcastStream older = streams.put(session, stream);
        if (older != null) {
            older.endFromService(Reader.End.SUPERSEDED);
        }
    }

    /** A Broadcast ended. */
    void closed(SessionId session, BroadcastStream stream) {
        streams.remove(session, stream);
    }

    /** How many there are. */
    public int size() {
        return streams.size();
    }

    /**
     * Ends the Broadcasts of those who leave before their own left event is shown. To be called with every batch before
     * its events become visible.
     */
    public void beforeVisible(List<Event> events) {
        leftInThisBatch.clear();
        for (Event event : events) {
            if (event instanceof Event.Left left) {
                leftInThisBatch.put(left.header().session(), left.header().lamportTime());
                BroadcastStream stream = streams.get(left.header().session());
                if (stream != null) {
                    stream.endBefore(left.header().lamportTime());
                }
            }
        }
    }

    /** When a session left, if it did so in the batch that was shown last: a Broadcast that it opened in it ends there. */
    OptionalLong leftInThisBatch(SessionId session) {
        Long lamportTime = leftInThisBatch.get(session);
        return lamportTime == null ? OptionalLong.empty() : OptionalLong.of(lamportTime);
    }
}
