package io.chittychat.trace.check;

import io.chittychat.trace.log.Place;

/** Logs cannot be read side by side; the message is a sentence for people. */
public final class TraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Because of what the sentence says. */
    public TraceException(String sentence) {
        super(sentence);
    }

    static TraceException otherLife(Place here, String epoch, Place before, String epochBefore) {
        return new TraceException(
                "%s is of another life of the service (epoch %s) than %s (epoch %s): only logs of one life can be traced together"
                        .formatted(here, epoch, before, epochBefore));
    }
}
