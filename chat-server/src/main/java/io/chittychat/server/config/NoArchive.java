package io.chittychat.server.config;

import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.Timeline;
import java.util.Optional;

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
    public Page after(long cursor, long upTo, int maxEvents) {
        return new Page(Optional.empty(), reaches(cursor));
    }
}
