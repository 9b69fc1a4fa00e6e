package io.chittychat.session;

import java.time.Duration;

/**
 * How patient a session is.
 *
 * @param callDeadline for one attempt of a unary call; after it the reply counts as lost
 * @param requestDeadline for a join, leave or list call over all its attempts
 * @param publishDeadline for a publish over all its attempts, from the moment it was asked for
 * @param backoff between attempts, and between attempts to resume
 * @param rejoin whether a session that the service no longer knows is replaced by a new one under the same name
 */
public record SessionSettings(
        Duration callDeadline, Duration requestDeadline, Duration publishDeadline, Backoff backoff, boolean rejoin) {

    /** 5 s a call, 10 s a request, 30 s a publish; joins again only when asked. */
    public static final SessionSettings DEFAULT = new SessionSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Backoff.DEFAULT, false);

    /** These settings with another answer to whether to join again. */
    public SessionSettings withRejoin(boolean rejoin) {
        return new SessionSettings(callDeadline, requestDeadline, publishDeadline, backoff, rejoin);
    }
}
