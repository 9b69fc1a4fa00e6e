package io.chittychat.server.rpc;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.timeline.Reader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Broadcast that each session has open: one at most.
 *
 * <p>Threading: any thread; sessions begin and end on the room thread.
 */
public final class OpenBroadcasts {

    private final Map<SessionId, BroadcastStream> streams = new ConcurrentHashMap<>();

    /** A session opened a Broadcast, which ends the one that it had. */
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
        for (Event event : events) {
            if (event instanceof Event.Left left) {
                BroadcastStream stream = streams.get(left.header().session());
                if (stream != null) {
                    stream.endBefore(left.header().lamportTime());
                }
            }
        }
    }
}
