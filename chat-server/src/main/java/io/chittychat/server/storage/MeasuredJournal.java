package io.chittychat.server.storage;

import io.chittychat.server.log.Journal;
import io.chittychat.server.observe.LogMeters;
import io.chittychat.server.room.Event;

/** A journal that measures another one: the events of each batch, and the time that recording it takes. */
public record MeasuredJournal(Journal journal, LogMeters meters) implements Journal {

    @Override
    public void append(Batch batch) throws FullException, BusyException {
        long begin = System.nanoTime();
        journal.append(batch);
        if (!batch.events().isEmpty()) {
            meters.committed(System.nanoTime() - begin);
            count(batch, meters);
        }
    }

    static void count(Batch batch, LogMeters meters) {
        int joined = 0;
        int left = 0;
        for (Event event : batch.events()) {
            if (event instanceof Event.Joined) {
                joined++;
            } else if (event instanceof Event.Left) {
                left++;
            }
        }
        meters.recorded(joined, batch.events().size() - joined - left, left);
    }

    @Override
    public boolean hasSpace() {
        return journal.hasSpace();
    }
}
