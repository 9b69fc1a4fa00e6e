package io.chittychat.tools.check;

import io.chittychat.tools.trace.ParticipantLog;

/**
 * Somebody who took part, once, from a join to an end.
 *
 * @param name the participant's name
 * @param ending how it is known to have ended
 * @param log what it wrote down
 */
public record Participation(String name, Ending ending, ParticipantLog log) {

    /** How a participation ends. */
    public enum Ending {
        /** It said that it leaves. */
        LEFT,
        /** Its process was killed, so its log ends anywhere. */
        KILLED
    }
}
