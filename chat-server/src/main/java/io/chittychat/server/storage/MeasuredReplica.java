package io.chittychat.server.storage;

import io.chittychat.server.log.Journal;
import io.chittychat.server.log.cluster.FoldState;
import io.chittychat.server.log.cluster.Presence;
import io.chittychat.server.log.cluster.ReplicaJournal;
import io.chittychat.server.observe.LogMeters;
import io.chittychat.server.room.SessionId;
import java.util.Map;
import java.util.Optional;

/** A replica's journal that measures another one: the events of each batch, and the time that recording it takes. */
public record MeasuredReplica(ReplicaJournal journal, LogMeters meters) implements ReplicaJournal {

    @Override
    public void append(Journal.Batch batch, FoldState place, Map<SessionId, Optional<Presence>> changed)
            throws Journal.FullException, Journal.BusyException {
        long begin = System.nanoTime();
        journal.append(batch, place, changed);
        if (!batch.events().isEmpty()) {
            meters.committed(System.nanoTime() - begin);
            MeasuredJournal.count(batch, meters);
        }
    }

    @Override
    public Newest newest() {
        return journal.newest();
    }

    @Override
    public Optional<String> digestAt(long lamportTime) {
        return journal.digestAt(lamportTime);
    }
}
