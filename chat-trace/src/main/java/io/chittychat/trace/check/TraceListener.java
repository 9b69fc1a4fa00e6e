package io.chittychat.trace.check;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ServiceRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happened while logs are read side by side: of each participant its steps in the order of its log, and what
 * the service did in the order of Lamport time.
 */
public interface TraceListener {

    /** Does nothing. */
    TraceListener NONE = new TraceListener() {};

    /** A participant's step that is no receipt of an event. What it leads to may not have happened yet. */
    default void read(String participant, LogRecord step) {}

    /** The service took a step, and these participants received what came of it. */
    default void happened(Happening happening) {}

    /** A log is at its end. */
    default void ended(String participant, boolean present) {}

    /**
     * A step of the service.
     *
     * @param lamport when it was
     * @param type {@code joined}, {@code published} or {@code left}; empty for an accepted Broadcast
     * @param from whom it is about
     * @param sent the clock of the request that led to it; 0 for none
     * @param text what was said
     * @param copies the receipts of it, whose writers are their participants
     * @param service the service's own record of it, if its log is there
     */
    record Happening(
            long lamport,
            String type,
            String from,
            long sent,
            String text,
            List<LogRecord> copies,
            @Nullable ServiceRecord service) {}
}
