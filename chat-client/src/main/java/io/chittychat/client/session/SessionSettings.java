package io.chittychat.client.session;

import java.time.Duration;

/**
 * How patient a session is.
 *
 * @param callDeadline for one attempt of a unary call; after it the reply counts as lost
 * @param requestDeadline for a join, leave or list call over all its attempts
 * @param publishDeadline for a publish over all its attempts, from the moment it was asked for
 * @param backoff between attempts, and between attempts to resume
 */
public record SessionSettings(
        Duration callDeadline, Duration requestDeadline, Duration publishDeadline, Backoff backoff) {

    /** 5 s a call, 10 s a request, 30 s a publish. */
    public static final SessionSettings DEFAULT =
            new SessionSettings(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Backoff.DEFAULT);
}
