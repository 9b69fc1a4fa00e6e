package io.chittychat.server.rate;

/**
 * How often something may be done.
 *
 * @param perSecond in the long run; 0 for no limit
 * @param burst at once, by somebody who has been quiet; at least 1
 */
public record Rate(int perSecond, int burst) {

    /** As often as one likes. */
    public static final Rate UNLIMITED = new Rate(0, 1);

    boolean isUnlimited() {
        return perSecond == 0;
    }
}
