package io.chittychat.trace.check;

import io.chittychat.trace.log.Place;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What all logs of one check share: where findings go, and the epoch of the service that all logs must belong to. Not safe for
 * use by several threads.
 */
final class CheckContext {

    private final Findings findings;
    private final ExpectedEvents expectedEvents;
    private final TraceListener listener;
    private final boolean withService;
    private @Nullable String epoch;
    private Place epochPlace = new Place(Path.of(""), 0);

    /** @param withService whether the service's log is checked, too */
    CheckContext(Findings findings, TraceListener listener, boolean withService) {
        this.findings = findings;
        this.expectedEvents = new ExpectedEvents(findings);
        this.listener = listener;
        this.withService = withService;
    }

    Findings findings() {
        return findings;
    }

    ExpectedEvents expectedEvents() {
        return expectedEvents;
    }

    TraceListener listener() {
        return listener;
    }

    boolean withService() {
        return withService;
    }

    /**
     * A record names the epoch of the service.
     *
     * @throws TraceException if an earlier record named another epoch
     */
    void requireEpoch(String named, Place at) {
        String known = epoch;
        if (known == null) {
            epoch = named;
            epochPlace = at;
        } else if (!known.equals(named)) {
            throw TraceException.otherEpoch(at, named, epochPlace, known);
        }
    }
}
