package io.chittychat.server.config;

import io.chittychat.server.log.Journal;
import io.chittychat.server.observe.LogMeters;
import io.chittychat.server.room.RoomState;

/** A journal that tells how long it takes to record a batch. */
record TimedJournal(Journal journal, LogMeters meters) implements Journal {

    @Override
    public void append(Batch batch) throws FullException {
        long begin = System.nanoTime();
        journal.append(batch);
        if (!batch.events().isEmpty()) {
            meters.committed(System.nanoTime() - begin);
        }
    }

    @Override
    public RoomState recorded() {
        return journal.recorded();
    }

    @Override
    public boolean hasSpace() {
        return journal.hasSpace();
    }
}
