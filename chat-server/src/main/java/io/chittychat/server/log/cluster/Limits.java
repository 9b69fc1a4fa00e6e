package io.chittychat.server.log.cluster;

import io.chittychat.server.room.Room;
import java.time.Duration;

/**
 * The settings that decide inside the fold. They stand in the log, because every node must decide alike.
 *
 * @param maxParticipants the most participants that may be present
 * @param resumeWindow how long a session lives without a sign of life
 * @param nodeTimeout how long a node may be silent before the others give it up
 */
public record Limits(int maxParticipants, Duration resumeWindow, Duration nodeTimeout) {

    /** How often a node writes a heartbeat, which also lets time pass in a quiet room. */
    Duration heartbeat() {
        Duration ofWindow = resumeWindow.dividedBy(6);
        Duration ofTimeout = nodeTimeout.dividedBy(3);
        return ofWindow.compareTo(ofTimeout) < 0 ? ofWindow : ofTimeout;
    }

    /** How often a node tells the log of signs of life that left no other trace there. */
    Duration touchPeriod() {
        return resumeWindow.dividedBy(4);
    }

    /**
     * The most that the time of windows moves from one entry to the next. A longer silence means that nobody could write,
     * and nobody must expire because of that.
     */
    long mostPerEntry() {
        return micros(heartbeat()) * 2;
    }

    /**
     * The time after the last sign of life in the log at which a session expires. It is longer than the window, because a
     * sign may be under way to the log for a {@link #touchPeriod}.
     */
    long expiry() {
        return micros(resumeWindow) + micros(resumeWindow) / 3;
    }

    long timeout() {
        return micros(nodeTimeout);
    }

    /** How often sessions and nodes are looked at whether their time is over. */
    long step() {
        return Math.max(1, micros(resumeWindow) / 20);
    }

    Room.Limits ofRoom() {
        return new Room.Limits(maxParticipants, resumeWindow);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
