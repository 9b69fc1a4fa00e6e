package io.chittychat.bench.measure;

import java.util.List;

/** One figure over several rounds. */
public record Spread(double median, double min, double max) {

    /** Of at least one round; of an even number of rounds the median is the mean of the two in the middle. */
    public static Spread of(List<Double> rounds) {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("no rounds");
        }
        List<Double> sorted = rounds.stream().sorted().toList();
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(size - 1));
    }
}
