package io.chittychat.examiner.participant;

import io.chittychat.time.LamportClock;

/** A participant's Lamport clock, which the thread that speaks and those that listen share. */
final class OwnClock {

    private final LamportClock clock = new LamportClock();

    synchronized long tick() {
        return clock.tick();
    }

    synchronized long read() {
        return clock.read();
    }

    synchronized void advance(long steps) {
        for (long step = 0; step < steps; step++) {
            clock.tick();
        }
    }

    /** Follows a received time, unless that is none that a clock reaches. Returns the new time. */
    synchronized long follow(long received) {
        return received < 0 || received >= LamportClock.END ? clock.read() : clock.follow(received);
    }
}
