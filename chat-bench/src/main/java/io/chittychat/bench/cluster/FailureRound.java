package io.chittychat.bench.cluster;

import io.chittychat.bench.workload.Bench;
import io.chittychat.cluster.NodeSettings;
import io.chittychat.process.Await;
import io.chittychat.process.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/**
 * One failure, and what participants see of it.
 *
 * @param gap the longest time in which a follower received nothing
 * @param longestWait the longest time from saying something to its acknowledgement
 */
record FailureRound(Duration gap, Duration longestWait) {

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final long STEADY = 20; // messages of each talker before something is killed

    /** Kills something while participants talk, and starts it again when they have seen what there was to see. */
    static FailureRound run(Bench bench, RunningCluster cluster, Failure failure, int number) {
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "talkers"));
        String suffix = " %s %d".formatted(failure.name(), number);
        int first = number % RunningCluster.SIZE;
        try (Follower follower = Follower.join(cluster.addressesFrom(first), "follower" + suffix);
                Talker beside = Talker.join(cluster.addressesFrom(first), "beside" + suffix, timer);
                Talker elsewhere = Talker.join(cluster.addressesFrom(first + 1), "elsewhere" + suffix, timer)) {
            List<Talker> talkers = List.of(beside, elsewhere);
            await("a steady conversation", () -> talkers.stream().allMatch(talker -> isSteady(talker, follower)));
            List<ChildProcess> victims = victims(cluster, failure, follower);
            follower.watch();
            long messages = Math.max(1, bench.point().dividedBy(Talker.PAUSE));
            talkers.forEach(talker -> talker.finish(messages));
            victims.forEach(ChildProcess::kill);
            await("acknowledgements of all messages", () -> talkers.stream().allMatch(Talker::isFinished));
            await(
                    "all messages",
                    () -> talkers.stream().allMatch(talker -> follower.hasHeard(talker.name(), talker.said())));
            FailureRound seen = new FailureRound(
                    Duration.ofNanos(follower.longestGap()),
                    Duration.ofNanos(Math.max(beside.longestWait(), elsewhere.longestWait())));
            victims.forEach(victim -> victim.awaitExit(BOUND));
            cluster.restore();
            return seen;
        } finally {
            timer.shutdownNow();
        }
    }

    private static boolean isSteady(Talker talker, Follower follower) {
        return talker.isUpToDate() && follower.hasHeard(talker.name(), STEADY);
    }

    private static List<ChildProcess> victims(RunningCluster cluster, Failure failure, Follower follower) {
        List<ChildProcess> victims = new ArrayList<>();
        if (failure.killsNode()) {
            int node = cluster.nodeAt(follower.address());
            victims.add(cluster.nodes().processes().get(node).child());
        }
        if (failure.killsLeader()) {
            victims.add(cluster.brokers().processes().get(cluster.brokers().leader(NodeSettings.TOPIC)));
        }
        return victims;
    }

    private static void await(String what, BooleanSupplier condition) {
        boolean unused =
                Await.until(what, BOUND, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    double gapMillis() {
        return gap.toNanos() / 1e6;
    }

    double waitMillis() {
        return longestWait.toNanos() / 1e6;
    }
}
