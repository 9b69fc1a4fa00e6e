package io.chittychat.session;

import java.time.Duration;

/**
 * The deadlines and retries of a session.
 *
 * @param callDeadline for one attempt of a unary call, after which the reply counts as lost
 * @param requestDeadline for a join, leave or list call over all its attempts
 * @param publishDeadline for a publish over all its attempts, counted from the request
 * @param backoff between attempts, and between attempts to connect
 * @param rejoin whether to join again under the same name when the service no longer knows the session
 */
public record SessionSettings(
        Duration callDeadline, Duration requestDeadline, Duration publishDeadline, Backoff backoff, boolean rejoin) {

    /** 5 s for a call, 10 s for a request, 30 s for a publish; does not join again by itself. */
    public static final SessionSettings DEFAULT = new SessionSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Backoff.DEFAULT, false);

    /** These settings with another value of {@code rejoin}. */
    public SessionSettings withRejoin(boolean rejoin) {
        return new SessionSettings(callDeadline, requestDeadline, publishDeadline, backoff, rejoin);
    }
}
