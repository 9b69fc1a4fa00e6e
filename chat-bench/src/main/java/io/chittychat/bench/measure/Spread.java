package io.chittychat.bench.measure;

import java.util.List;
import java.util.stream.IntStream;

/** A figure over several rounds. */
public record Spread(double median, double min, double max) {

    /** The spread of at least one round; for an even number of rounds the median is the mean of the two in the middle. */
    public static Spread of(List<Double> rounds) {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("no rounds");
        }
        List<Double> sorted = rounds.stream().sorted().toList();
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(size - 1));
    }

    /** The spread of the ratios of corresponding rounds. */
    public static Spread ratio(List<Double> rounds, List<Double> others) {
        if (rounds.size() != others.size()) {
            throw new IllegalArgumentException("rounds: %d and %d".formatted(rounds.size(), others.size()));
        }
        return of(IntStream.range(0, rounds.size())
                .mapToObj(round -> rounds.get(round) / others.get(round))
                .toList());
    }
}
