package io.chittychat.demo.faults.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.cluster.Brokers;
import io.chittychat.cluster.NodeSettings;
import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Signal;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import io.chittychat.process.machine.Home;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.ListEventsRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Three brokers and three nodes, of which some are killed (kill -9) or stopped (SIGSTOP) at random moments, while
 * participants talk and read on any node. {@code -Dchitty.cluster-seconds=300} makes it longer, {@code -Dchitty.seed=N}
 * repeats the choices.
 */
class ClusterFaultIT {

    private static final long SECONDS = Long.getLong("chitty.cluster-seconds", 30);
    private static final long SEED = Long.getLong("chitty.seed", System.nanoTime());
    private static final Duration RESUME_WINDOW = Duration.ofSeconds(5); // the service's default
    private static final Duration FREEZE = Duration.ofSeconds(12);
    private static final Duration BOUND = Duration.ofMinutes(2);

    private final Random random = new Random(SEED);
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<String> faults = new ArrayList<>();

    private final Path dir =
            Path.of("target", "cluster-faults", Long.toString(SEED)).toAbsolutePath(); // kept for a look at it

    @Test
    void whoeverDiesWhatWasAcknowledgedIsSaidOnceInOneOrder() throws InterruptedException, IOException {
        System.out.printf("ClusterFaultIT: seed %d, %d s%n", SEED, SECONDS);
        try (Children children = new Children()) {
            Brokers brokers =
                    Brokers.start(children, Home.dir().resolve("chat-cluster/target/lib"), dir.resolve("brokers"), 3);
            List<ServerProcess> nodes = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                nodes.add(startNode(children, brokers, i));
            }
            nodes.forEach(ServerProcess::awaitReady);
            List<ServerProcess> all = List.copyOf(nodes);
            try (Nodes reached = new Nodes(nodes);
                    QuietReader first = new QuietReader("quiet0", all);
                    QuietReader second = new QuietReader("quiet1", all)) {
                run(brokers, nodes, reached, List.of(first, second));
            }
        }
    }

    private ServerProcess startNode(Children children, Brokers brokers, int number) {
        return ServerProcess.start(
                children,
                ProgramsUnderTest.get().server().with(List.of("-Xmx256m"))::command,
                dir,
                dir.resolve("node-" + number + ".log"),
                NodeSettings.of(brokers.bootstrapServers(), 3, dir.resolve("node-" + number + ".db")));
    }

    private void run(Brokers brokers, List<ServerProcess> nodes, Nodes reached, List<QuietReader> quiet)
            throws InterruptedException, IOException {
        List<Talker> talkers = new ArrayList<>();
        List<Follower> followers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            talkers.add(new Talker("talker" + i, reached, new Random(SEED + i), over));
            threads.add(new Thread(talkers.get(i), "talker-" + i));
        }
        for (int i = 0; i < 2; i++) {
            followers.add(new Follower("follower" + i, reached, new Random(SEED - i), over));
            threads.add(new Thread(followers.get(i), "follower-" + i));
        }
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        freeze(nodes, quiet.get(0));
        while (System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(3000));
            fault(brokers, nodes);
        }
        awaitSomethingMoreOfEach(talkers);
        over.set(true);
        for (Thread thread : threads.subList(0, talkers.size())) {
            thread.join(BOUND.toMillis());
        }
        nodes.forEach(ServerProcess::awaitReady);
        System.out.println(faults);
        check(talkers, followers, reached);
        assertThat(quiet.stream().flatMap(reader -> reader.losses().stream()))
                .as("who only reads stays, whatever happens to nodes")
                .isEmpty();
        String gaps = talkers.stream()
                .map(talker -> String.format("%.1f s", talker.longestGap() / 1e9))
                .collect(Collectors.joining(", "));
        System.out.printf(
                "ClusterFaultIT: seed %d: %s; %d acknowledged, %d stays, %d streams, longest gaps %s%n",
                SEED,
                faults,
                talkers.stream()
                        .mapToInt(talker -> talker.acknowledged().size())
                        .sum(),
                talkers.stream().mapToInt(Talker::stays).sum(),
                followers.stream().mapToInt(Follower::streams).sum(),
                gaps);
    }

    /** All are served again after the last fault. */
    private static void awaitSomethingMoreOfEach(List<Talker> talkers) {
        Map<Talker, Integer> before = new HashMap<>();
        talkers.forEach(talker -> before.put(talker, talker.acknowledged().size()));
        await().atMost(BOUND)
                .until(() -> talkers.stream()
                        .allMatch(talker -> talker.acknowledged().size() > before.getOrDefault(talker, 0)));
    }

    private void fault(Brokers brokers, List<ServerProcess> nodes) throws InterruptedException, IOException {
        int victim = random.nextInt(3);
        boolean node = random.nextBoolean();
        long millis = 500L + random.nextInt(5000);
        ChildProcess process =
                node ? nodes.get(victim).child() : brokers.processes().get(victim);
        String what = (node ? "node " : "broker ") + (victim + 1);
        if (random.nextInt(3) == 0) {
            faults.add(what + " stops for " + millis + " ms");
            Signal.STOP.to(process);
            TimeUnit.MILLISECONDS.sleep(millis);
            Signal.CONT.to(process);
        } else {
            faults.add(what + " is killed");
            process.kill();
            process.awaitExit(BOUND);
            TimeUnit.MILLISECONDS.sleep(millis);
            if (node) {
                nodes.set(victim, nodes.get(victim).again());
            } else {
                brokers.again(victim);
            }
        }
    }

    /** Stops a node for longer than its readers have to come back: node timeout and window. */
    private void freeze(List<ServerProcess> nodes, QuietReader reader) throws InterruptedException, IOException {
        await().atMost(BOUND).until(() -> nodes.stream().anyMatch(reader::isAt));
        int victim = IntStream.range(0, nodes.size())
                .filter(i -> reader.isAt(nodes.get(i)))
                .findFirst()
                .orElseThrow();
        faults.add("node " + (victim + 1) + " stops for " + FREEZE.toMillis() + " ms");
        TimeUnit.SECONDS.sleep(2); // the reader has had a heartbeat
        Signal.STOP.to(nodes.get(victim).child());
        TimeUnit.MILLISECONDS.sleep(FREEZE.toMillis());
        Signal.CONT.to(nodes.get(victim).child());
    }

    private void check(List<Talker> talkers, List<Follower> followers, Nodes reached) {
        List<List<Event>> logs = new ArrayList<>();
        for (int i = 0; i < reached.size(); i++) {
            logs.add(history(reached, i));
        }
        List<Event> log = logs.get(0);
        for (List<Event> other : logs) { // later readers may see more
            int common = Math.min(log.size(), other.size());
            assertThat(other.subList(0, common)).as("the log of all nodes").isEqualTo(log.subList(0, common));
        }
        log = logs.get(logs.size() - 1);
        checkOrder(log);
        Map<String, Long> said = new HashMap<>();
        for (Event event : log) {
            if (event.getType() == EventType.EVENT_TYPE_PUBLISHED) {
                assertThat(said.put(event.getText(), event.getLamportTime()))
                        .as("said once: %s", event.getText())
                        .isNull();
            }
        }
        for (Talker talker : talkers) {
            assertThat(said).as("what was acknowledged").containsAllEntriesOf(talker.acknowledged());
            assertThat(talker.acknowledged()).isNotEmpty();
            assertThat(talker.shortestSilence())
                    .as("a session expires only after a window without an acknowledgement, in nanoseconds")
                    .isGreaterThanOrEqualTo(RESUME_WINDOW.toNanos());
        }
        for (Follower follower : followers) {
            List<Event> seen = follower.events();
            assertThat(seen).isNotEmpty();
            int begin = log.indexOf(seen.get(0));
            int end = Math.min(begin + seen.size(), log.size());
            assertThat(seen.subList(0, end - begin)).as("what a reader saw").isEqualTo(log.subList(begin, end));
        }
    }

    private static void checkOrder(List<Event> log) {
        long time = 0;
        Set<String> present = new HashSet<>();
        Map<String, Long> sequences = new HashMap<>();
        for (Event event : log) {
            assertThat(event.getPreviousLamportTime()).isEqualTo(time);
            assertThat(event.getLamportTime()).isGreaterThan(time);
            time = event.getLamportTime();
            switch (event.getType()) {
                case EVENT_TYPE_JOINED -> {
                    assertThat(present.add(event.getParticipant())).isTrue();
                    sequences.remove(event.getParticipant());
                }
                case EVENT_TYPE_LEFT ->
                    assertThat(present.remove(event.getParticipant())).isTrue();
                default -> {
                    assertThat(present).contains(event.getParticipant());
                    Long before = sequences.put(event.getParticipant(), event.getSequence());
                    assertThat(event.getSequence())
                            .as("the order of one sender")
                            .isEqualTo(before == null ? 1 : before + 1);
                }
            }
        }
    }

    private List<Event> history(Nodes reached, int node) {
        String token = await().atMost(BOUND)
                .ignoreException(StatusRuntimeException.class)
                .until(
                        () -> reached.node(node, 10)
                                .join(JoinRequest.newBuilder()
                                        .setParticipantName("reader" + node)
                                        .setRequestId("reader" + node)
                                        .build())
                                .getSessionToken(),
                        joined -> !joined.isEmpty());
        List<Event> events = new ArrayList<>();
        long after = 0;
        while (true) {
            List<Event> page = reached.node(node, 30)
                    .listEvents(ListEventsRequest.newBuilder()
                            .setSessionToken(token)
                            .setAfterLamportTime(after)
                            .setPageSize(1000)
                            .build())
                    .getEventsList();
            events.addAll(page);
            if (page.size() < 1000) {
                return events;
            }
            after = page.get(page.size() - 1).getLamportTime();
        }
    }
}
