package io.chittychat.demo.process;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How good a line is.
 *
 * @param delay how much later it brings everything, in either direction
 * @param random chooses when it breaks, if it does by itself; used by the thread that accepts only
 */
record LineQuality(Duration delay, Optional<RandomGenerator> random) {

    static final LineQuality GOOD = new LineQuality(Duration.ZERO, Optional.empty());

    /** Sometimes too few for a connection and a message. */
    private static final int FEWEST_BYTES = 400;

    /** Enough for that and some more, so that everything gets through in the end. */
    private static final int MOST_BYTES = 1400;

    LineQuality with(Duration changed) {
        return new LineQuality(changed, random);
    }

    LineQuality with(RandomGenerator changed) {
        return new LineQuality(delay, Optional.of(changed));
    }

    /** After how many bytes in both directions a new connection breaks. */
    long bytesToBreak() {
        return random.map(chooser -> (long) chooser.nextInt(FEWEST_BYTES, MOST_BYTES))
                .orElse(Long.MAX_VALUE);
    }
}
