package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.server.Installation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * The settings of workloads.
 *
 * @param installation starts servers
 * @param rounds how often each point is measured
 * @param point how long each point is measured
 * @param warmUp how long each server runs under load before it is measured
 * @param only a part of the names of the rows to measure; empty for all
 * @param backlog the events that a resuming participant must catch up with
 * @param fanOut for the workloads with many receivers
 * @param progress receives a line for each step
 */
public record Bench(
        Installation installation,
        int rounds,
        Duration point,
        Duration warmUp,
        String only,
        int backlog,
        FanOutSettings fanOut,
        PrintStream progress) {

    private static final int MOST_LONG_ROUNDS = 3;
    private static final int LONG_POINTS = 6;

    /** The rounds of workloads with long rounds. */
    int longRounds() {
        return Math.min(rounds, MOST_LONG_ROUNDS);
    }

    /** The duration of a long round. */
    Duration longPoint() {
        return point.multipliedBy(LONG_POINTS);
    }

    /** Whether a row is selected. */
    public boolean wants(String row) {
        return row.contains(only);
    }

    /** Those whose rows are selected. */
    public List<Contestant> wanted(List<Contestant> contestants) {
        return contestants.stream().filter(one -> wants(one.label())).toList();
    }

    /** Prints progress. */
    public void say(String what) {
        progress.println(what);
    }
}
