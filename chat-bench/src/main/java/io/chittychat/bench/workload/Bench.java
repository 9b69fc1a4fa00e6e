package io.chittychat.bench.workload;

import io.chittychat.bench.server.Installation;
import java.io.PrintStream;
import java.time.Duration;

/**
 * What workloads are run with.
 *
 * @param installation starts servers
 * @param rounds how often each point is measured
 * @param point how long each point is measured
 * @param warmUp how long each server is worked before it is measured
 * @param only part of the names of the rows that are wanted; empty for all
 * @param backlog by how many events one who resumes is behind
 * @param progress is told what is going on
 */
public record Bench(
        Installation installation,
        int rounds,
        Duration point,
        Duration warmUp,
        String only,
        int backlog,
        PrintStream progress) {

    boolean wants(String row) {
        return row.contains(only);
    }

    void say(String what) {
        progress.println(what);
    }
}
