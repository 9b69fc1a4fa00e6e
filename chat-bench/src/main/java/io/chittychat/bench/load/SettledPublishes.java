package io.chittychat.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Publishes when everybody has received what was published before. */
public final class SettledPublishes {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final int TEXT = 64; // code points

    private SettledPublishes() {}

    /** How long it took each time, in milliseconds, from just before the send until the last receiver had it. */
    public static List<Double> run(Crowd crowd, int publishes) {
        NumberedText text = new NumberedText(TEXT);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < publishes; i++) {
            crowd.begin();
            long start = System.nanoTime();
            crowd.publish(text.of(crowd.published()));
            crowd.loop().run(crowd::isComplete, BOUND, crowd.name());
            millis.add((crowd.loop().readAt() - start) / 1e6);
        }
        return millis;
    }
}
