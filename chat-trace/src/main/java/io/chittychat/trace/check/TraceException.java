package io.chittychat.trace.check;

import io.chittychat.trace.log.Place;

/** Logs cannot be read side by side; the message is a sentence for the user. */
public final class TraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentence the reason */
    public TraceException(String sentence) {
        super(sentence);
    }

    static TraceException otherEpoch(Place here, String epoch, Place before, String epochBefore) {
        return new TraceException(
                "%s belongs to another epoch of the service (%s) than %s (%s): only logs of one epoch can be traced together"
                        .formatted(here, epoch, before, epochBefore));
    }
}
