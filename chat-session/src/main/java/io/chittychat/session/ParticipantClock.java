package io.chittychat.session;

import io.chittychat.time.LamportClock;

/**
 * The Lamport clock of a participant, which begins anew with a new epoch, and can say what moved it.
 *
 * <p>Threading: written by the session thread only, read by any thread.
 */
final class ParticipantClock {

    /** Times above this are no service's that ever ran; believing them would let the clock overflow. */
    private static final long CREDIBLE = Long.MAX_VALUE / 2;

    private LamportClock clock = new LamportClock();
    private volatile ClockReading reading = ClockReading.ZERO;

    /** A request is about to be sent; returns its time. */
    long tick(String request) {
        long time = clock.tick();
        reading = reading.ticked(time, request);
        return time;
    }

    /** Something was received that has this time; returns the time of receiving it: {@code max(own, received) + 1}. */
    long receive(long received, String message) {
        boolean credible = received >= 0 && received < CREDIBLE;
        long time = credible ? clock.follow(received) : clock.tick();
        reading = reading.received(received, time, message);
        return time;
    }

    long read() {
        return reading.time();
    }

    ClockReading reading() {
        return reading;
    }

    /** A new epoch is a new system, in which nothing has happened yet. */
    void restart() {
        clock = new LamportClock();
        reading = ClockReading.ZERO;
    }
}
