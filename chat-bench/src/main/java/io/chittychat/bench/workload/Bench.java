package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.server.Installation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * What workloads are run with.
 *
 * @param installation starts servers
 * @param rounds how often each point is measured
 * @param point how long each point is measured
 * @param warmUp how long each server is worked before it is measured
 * @param only part of the names of the rows that are wanted; empty for all
 * @param backlog by how many events one who resumes is behind
 * @param fanOut for the workloads with many receivers
 * @param progress is told what is going on
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

    /** Of workloads whose rounds take long. */
    int longRounds() {
        return Math.min(rounds, MOST_LONG_ROUNDS);
    }

    /** How long a round of theirs takes. */
    Duration longPoint() {
        return point.multipliedBy(LONG_POINTS);
    }

    /** Whether a row of that name is asked for. */
    public boolean wants(String row) {
        return row.contains(only);
    }

    List<Contestant> wanted(List<Contestant> contestants) {
        return contestants.stream().filter(one -> wants(one.label())).toList();
    }

    /** Tells whoever waits. */
    public void say(String what) {
        progress.println(what);
    }
}
