package io.chittychat.session;

import io.chittychat.error.ErrorReason;

/**
 * The publish that the next one of the same session names as the one before it: the newest that the service has acknowledged. So
 * no later message takes the place of one that the service has lost.
 *
 * <p>A publish that was refused, or whose result is unknown, is not named: the service may never see it, and would refuse all
 * that follow.
 *
 * <p>Used by the session thread only.
 */
final class Predecessor {

    private long sequence;

    /** Its sequence; 0 if there is none. */
    long sequence() {
        return sequence;
    }

    /** The service has a publish, which is later than all that it had. */
    void acknowledged(long newest) {
        sequence = newest;
    }

    /**
     * Names it no more if a publish was refused because the service has lost it. Returns whether that is so: then that publish can
     * be repeated, unlike its predecessor, whose result is told.
     */
    boolean dropIfLost(Failure refusal) {
        boolean lost = refusal.reason() == ErrorReason.SEQUENCE_GAP && sequence != 0;
        if (lost) {
            sequence = 0;
        }
        return lost;
    }
}
