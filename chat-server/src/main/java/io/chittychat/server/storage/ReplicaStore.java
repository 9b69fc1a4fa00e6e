package io.chittychat.server.storage;

import io.chittychat.server.log.Journal;
import io.chittychat.server.log.cluster.FoldState;
import io.chittychat.server.log.cluster.Presence;
import io.chittychat.server.log.cluster.ReplicaJournal;
import io.chittychat.server.log.cluster.StateCodec;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.Head;
import io.chittychat.server.store.Replica;
import io.chittychat.server.store.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The store of a node of several as its journal.
 *
 * <p>Threading: the room thread, and before it runs the starting thread.
 */
public final class ReplicaStore implements ReplicaJournal {

    private final EventStore store;
    private final long node;
    private final FoldState place;

    ReplicaStore(EventStore store) {
        this.store = store;
        Replica replica = store.replica();
        Map<SessionId, Presence> presences = new HashMap<>();
        replica.presences().forEach((session, state) -> presences.put(session, StateCodec.presence(state)));
        this.node = replica.node();
        this.place = replica.place().length == 0 ? FoldState.EMPTY : StateCodec.decode(replica.place(), presences);
    }

    /** Returns the id of the node. */
    public long node() {
        return node;
    }

    /** Returns the place in the shared log that the store had when it was opened. */
    public FoldState place() {
        return place;
    }

    @Override
    public void append(Journal.Batch batch, FoldState after, Map<SessionId, Optional<Presence>> changed)
            throws Journal.FullException, Journal.BusyException {
        Map<SessionId, Optional<byte[]>> presences = new HashMap<>();
        changed.forEach((session, presence) -> presences.put(session, presence.map(StateCodec::encode)));
        Replica.Change change = new Replica.Change(StateCodec.encode(after), presences);
        try {
            store.append(batch.events(), batch.joins(), batch.lamportTime(), node, change);
        } catch (StoreException.Busy e) {
            throw new Journal.BusyException(e);
        } catch (StoreException.Full e) {
            throw new Journal.FullException(e);
        }
    }

    @Override
    public Newest newest() {
        Head head = store.head();
        return new Newest(
                head.lamportTime(), head.lamportTime() == 0 ? "" : head.digest().toString());
    }

    @Override
    public Optional<String> digestAt(long lamportTime) {
        return store.digestAt(lamportTime);
    }
}
