package io.chittychat.examiner.scenario;

import java.time.Duration;

/**
 * How long is waited. What has not come by then is not known.
 *
 * @param answer for an answer, or a copy of an event
 * @param loss for what the service says when a connection has broken
 */
public record Limits(Duration answer, Duration loss) {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int FACTOR_OF_LOSS = 3;

    /** The limits that follow from the first. */
    public static Limits of(Duration answer) {
        return new Limits(answer, answer.multipliedBy(FACTOR_OF_LOSS));
    }

    /** A limit for what is known not to come. */
    Duration brief() {
        return answer.compareTo(SHORT) < 0 ? answer : SHORT;
    }

    /** A limit in words. */
    static String words(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
