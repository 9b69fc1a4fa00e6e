package io.chittychat.client.session;

import io.chittychat.time.LamportClock;

/**
 * The Lamport clock of a participant. Unlike a service, which distrusts times far ahead of its own, a participant
 * believes the service that it has chosen: one who joins an old log is far behind it, and rightly so.
 *
 * <p>Threading: written by the session thread only, read by any thread.
 */
final class ParticipantClock {

    /** Times above this are no service's that ever ran; believing them would let the clock overflow. */
    private static final long CREDIBLE = Long.MAX_VALUE / 2;

    private volatile LamportClock clock = new LamportClock();

    /** A request is about to be sent; returns its time. */
    long tick() {
        return clock.tick();
    }

    /** Something was received that has this time; returns the time of receiving it: {@code max(own, received) + 1}. */
    long receive(long received) {
        if (received > 0 && received < CREDIBLE && clock.isTooFarAhead(received)) {
            clock = new LamportClock(received);
        }
        return clock.witness(received);
    }

    long read() {
        return clock.read();
    }

    /** A new epoch is a new system, in which nothing has happened yet. */
    void restart() {
        clock = new LamportClock();
    }
}
