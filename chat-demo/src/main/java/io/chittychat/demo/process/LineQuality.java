package io.chittychat.demo.process;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The quality of a line.
 *
 * @param delay of everything, in both directions
 * @param random chooses when connections break, if they do; used only by the accepting thread
 */
record LineQuality(Duration delay, Optional<RandomGenerator> random) {

    static final LineQuality GOOD = new LineQuality(Duration.ZERO, Optional.empty());

    /** May be too few for a connection and a message. */
    private static final int FEWEST_BYTES = 400;

    /** Enough for a connection and a message, so that everything gets through in the end. */
    private static final int MOST_BYTES = 1400;

    LineQuality with(Duration changed) {
        return new LineQuality(changed, random);
    }

    LineQuality with(RandomGenerator changed) {
        return new LineQuality(delay, Optional.of(changed));
    }

    /** The bytes, of both directions, after which a new connection breaks. */
    long bytesToBreak() {
        return random.map(chooser -> (long) chooser.nextInt(FEWEST_BYTES, MOST_BYTES))
                .orElse(Long.MAX_VALUE);
    }
}
