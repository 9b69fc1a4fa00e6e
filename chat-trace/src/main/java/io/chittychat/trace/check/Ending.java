package io.chittychat.trace.check;

/** How somebody's part is known to have ended. */
public enum Ending {
    /** It said that it leaves. */
    LEFT,
    /** Its process was killed, so its log ends anywhere. */
    KILLED
}
