package io.chittychat.server.config;

import io.chittychat.server.log.BatchSink;
import io.chittychat.server.observe.LogMeters;
import io.chittychat.server.room.Event;
import java.util.List;

/** Counts what was recorded, batch by batch. */
record CountedEvents(LogMeters meters) implements BatchSink {

    @Override
    public void append(List<Event> events, long lamportTime) {
        int joined = 0;
        int left = 0;
        for (Event event : events) {
            if (event instanceof Event.Joined) {
                joined++;
            } else if (event instanceof Event.Left) {
                left++;
            }
        }
        meters.recorded(joined, events.size() - joined - left, left);
    }
}
