package io.chittychat.trace.spacetime;

import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.log.LogRecord;
import java.util.Collection;
import java.util.List;

/**
 * Collects, in one reading, what different drawings need: a picture has room for a part of a long conversation, a page scrolls
 * through much more of it.
 *
 * <p>Not safe for use by several threads.
 */
public final class Parts implements TraceListener {

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

    @Override
    public void read(String participant, LogRecord step) {
        picture.read(participant, step);
        page.read(participant, step);
    }

    @Override
    public void happened(ServiceStep serviceStep) {
        picture.happened(serviceStep);
        page.happened(serviceStep);
    }

    @Override
    public void ended(String participant, boolean present) {
        picture.ended(participant, present);
        page.ended(participant, present);
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
