package io.chittychat.trace.spacetime;

import io.chittychat.trace.check.TraceListener;
import java.util.Collection;
import java.util.List;

/**
 * Collects, in one reading, what different drawings need: a picture has room for a part of a long conversation, a page scrolls
 * through much more of it.
 *
 * <p>Not safe for use by several threads.
 */
public final class Parts {

    private final SpaceTimeBuilder picture;
    private final SpaceTimeBuilder page;

    /**
     * @param selection the part to draw
     * @param withNodes whether the service has several nodes
     * @param incidents what happened to processes of the service
     */
    public Parts(Selection selection, boolean withNodes, List<Incident> incidents) {
        picture = new SpaceTimeBuilder(selection, withNodes, incidents);
        page = new SpaceTimeBuilder(selection, withNodes, incidents, SpaceTimeBuilder.PAGE_STEPS);
    }

    /** Receives the steps. */
    public TraceListener listener() {
        return TraceListener.both(picture, page);
    }

    /**
     * The part for something that is seen at once.
     *
     * @param names the participants whose logs are given
     */
    public SpaceTime picture(Collection<String> names) {
        return picture.build(names);
    }

    /**
     * The part for something that is scrolled, or read by a program.
     *
     * @param names the participants whose logs are given
     */
    public SpaceTime page(Collection<String> names) {
        return page.build(names);
    }
}
