package io.chittychat.trace.check;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ServiceRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives the steps while logs are read side by side: the steps of each participant in the order of its log, and the steps of
 * the service in the order of Lamport time.
 */
public interface TraceListener {

    /** Does nothing. */
    TraceListener NONE = new TraceListener() {};

    /** Tells two listeners, one after the other. */
    static TraceListener both(TraceListener one, TraceListener other) {
        return new TraceListener() {
            @Override
            public void read(String participant, LogRecord step) {
                one.read(participant, step);
                other.read(participant, step);
            }

            @Override
            public void happened(ServiceStep serviceStep) {
                one.happened(serviceStep);
                other.happened(serviceStep);
            }

            @Override
            public void ended(String participant, boolean present) {
                one.ended(participant, present);
                other.ended(participant, present);
            }
        };
    }

    /** A step of a participant other than the receipt of an event. The event that it leads to may still follow. */
    default void read(String participant, LogRecord step) {}

    /** A step of the service, with the copies that participants received. */
    default void happened(ServiceStep serviceStep) {}

    /** The end of a participant's log. */
    default void ended(String participant, boolean present) {}

    /**
     * A step of the service.
     *
     * @param lamport its Lamport time
     * @param type {@code joined}, {@code published} or {@code left}; empty for an accepted Broadcast
     * @param from the participant that it is about
     * @param sent the clock of the request that led to it; 0 for none
     * @param text the text of the event
     * @param copies the records of its receipt
     * @param service the service's own record of it, if its log is given
     */
    record ServiceStep(
            long lamport,
            String type,
            String from,
            long sent,
            String text,
            List<LogRecord> copies,
            @Nullable ServiceRecord service) {}
}
