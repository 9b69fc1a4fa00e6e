package io.chittychat.session;

import io.chittychat.time.LamportClock;

/**
 * The Lamport clock of a participant. It starts again with a new epoch, and remembers the last steps that moved it.
 *
 * <p>Threading: only the session thread writes; any thread may read.
 */
final class ParticipantClock {

    /** No service reaches greater times. A clock that followed them could overflow. */
    private static final long CREDIBLE = Long.MAX_VALUE / 2;

    private LamportClock clock = new LamportClock();
    private volatile ClockReading reading = ClockReading.ZERO;

    /** Returns the time of a request that is about to be sent. */
    long tick(String request) {
        long time = clock.tick();
        reading = reading.ticked(time, request);
        return time;
    }

    /** Returns the time of receiving a message with a time: {@code max(own, received) + 1}. */
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

    /** Starts again for a new epoch. */
    void restart() {
        clock = new LamportClock();
        reading = ClockReading.ZERO;
    }
}
