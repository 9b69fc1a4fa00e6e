package io.chittychat.server.config;

import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.Timeline;
import io.chittychat.v1.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The archive of a service that stores nothing: what the timeline has forgotten is gone. */
record NoArchive(Timeline timeline) implements Archive {

    @Override
    public boolean reaches(long cursor) {
        return cursor >= removedThrough();
    }

    @Override
    public long removedThrough() {
        return timeline.view().begin();
    }

    @Override
    public OptionalLong oldest() {
        return OptionalLong.empty();
    }

    @Override
    public Page after(long cursor, long upTo, int maxEvents) {
        return new Page(Optional.empty(), reaches(cursor));
    }

    @Override
    public List<Event> before(long lamportTime, int maxEvents) {
        return List.of();
    }
}
