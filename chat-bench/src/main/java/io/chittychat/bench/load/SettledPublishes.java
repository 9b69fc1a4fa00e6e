package io.chittychat.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Publishes one message after the other, when all receivers have the message before. */
public final class SettledPublishes {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final int TEXT = 64; // code points

    private SettledPublishes() {}

    /** Returns the duration of each in milliseconds, from just before the send until the last receiver has it. */
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
