package io.chittychat.bench.load;

import java.time.Duration;

/** Publishes as fast as the first receiver receives, with a fixed number of publishes under way. */
public final class ClosedLoop {

    private static final Duration BOUND = Duration.ofMinutes(5);

    /** In nanoseconds: long enough for hundreds of deliveries in one read, and short against all publishes under way. */
    private static final long PAUSE = 500_000;

    private ClosedLoop() {}

    /** Runs until every receiver has received all publishes. */
    public static void run(Crowd crowd, int textSize, long publishes, int outstanding) {
        NumberedText text = new NumberedText(textSize);
        crowd.begin();
        long end = crowd.published() + publishes;
        crowd.loop()
                .run(
                        () -> {
                            long room = outstanding - crowd.outstanding();
                            for (long i = Math.min(room, end - crowd.published()); i > 0; i--) {
                                crowd.publish(text.of(crowd.published()));
                            }
                            return crowd.published() == end && crowd.isComplete();
                        },
                        BOUND,
                        crowd.name(),
                        PAUSE);
    }
}
