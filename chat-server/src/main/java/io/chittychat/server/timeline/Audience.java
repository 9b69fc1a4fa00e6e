package io.chittychat.server.timeline;

import io.chittychat.server.room.Event;
import java.util.List;

/**
 * Those who read a timeline.
 *
 * <p>Threading: called by the thread that changes the timeline; no method may block.
 */
interface Audience {

    /** Nobody. */
    Audience NONE = new Audience() {
        @Override
        public void beforeShown(List<Event> events) {}

        @Override
        public void changed() {}
    };

    /** A batch is about to be shown; may be empty. */
    void beforeShown(List<Event> events);

    /** There may be something new to see. */
    void changed();
}
