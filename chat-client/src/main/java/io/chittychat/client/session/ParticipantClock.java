package io.chittychat.client.session;

import io.chittychat.time.LamportClock;

/**
 * The Lamport clock of a participant, which begins anew with a new epoch.
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
        boolean credible = received >= 0 && received < CREDIBLE;
        return credible ? clock.follow(received) : clock.tick();
    }

    long read() {
        return clock.read();
    }

    /** A new epoch is a new system, in which nothing has happened yet. */
    void restart() {
        clock = new LamportClock();
    }
}
