package io.chittychat.server.log.cluster;

import static io.chittychat.server.log.cluster.SimulatedWorld.MILLI;
import static io.chittychat.server.log.cluster.SimulatedWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.chittychat.server.room.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Nodes, participants and an imagined partition in virtual time, with everything that can happen to a record, a process, a
 * disk and a clock. {@code -Dchitty.cluster-seed=N} repeats a run, {@code -Dchitty.cluster-seeds=N} runs more.
 */
class ClusterSimulationTest {

    private static final Limits LIMITS = new Limits(100, Duration.ofSeconds(5), Duration.ofSeconds(3));
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.chittychat.server.log.cluster");

    @BeforeAll
    static void quiet() {
        LOGGER.setLevel(Level.ERROR); // each seed loses nodes all the time
    }

    @AfterAll
    static void asBefore() {
        LOGGER.setLevel(null);
    }

    @Test
    void whateverHappensAllNodesHaveOneLogWithAllThatWasAcknowledged() {
        Long one = Long.getLong("chitty.cluster-seed");
        long first = one == null ? System.nanoTime() : one;
        int seeds = one == null ? Integer.getInteger("chitty.cluster-seeds", 60) : 1;
        int acknowledged = 0;
        int reads = 0;
        for (int i = 0; i < seeds; i++) {
            try {
                SimulatedHistory history = run(first + i);
                acknowledged += history.acknowledgements();
                reads += history.reads();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("repeat it with -Dchitty.cluster-seed=" + (first + i), e);
            }
        }
        assertThat(acknowledged).isGreaterThan(20 * seeds);
        assertThat(reads).isGreaterThan(10 * seeds);
    }

    @Test
    void sameSeedHasTheSameHistory() {
        assertThat(run(7).acknowledgements()).isEqualTo(run(7).acknowledgements());
    }

    private static SimulatedHistory run(long seed) {
        SimulatedWorld world = new SimulatedWorld(seed);
        SimulatedLog log = new SimulatedLog(world);
        SimulatedHistory history = new SimulatedHistory(world, log, LIMITS);
        List<SimulatedNode> nodes = new ArrayList<>();
        for (int id = 1; id <= 1 + world.random.nextInt(5); id++) {
            nodes.add(new SimulatedNode(world, log, LIMITS, id, history::state));
        }
        List<SimulatedClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(new SimulatedClient(world, nodes, history, "p" + i));
        }
        watchLeavers(world, nodes, history, new int[] {0});
        nodes.forEach(SimulatedNode::start);
        clients.forEach(SimulatedClient::start);
        log.faults = world.chance(0.3) ? 0 : world.random.nextDouble() * 0.1;
        boolean[] over = {false};
        world.after(2 * SECOND, () -> fault(world, log, nodes, over));

        world.runUntil(60 * SECOND);
        over[0] = true;
        log.faults = 0;
        log.down = false;
        nodes.forEach(node -> node.connection.cut = false);
        nodes.forEach(SimulatedNode::start);
        clients.forEach(client -> client.quiet = true);
        world.runUntil(110 * SECOND);

        assertThat(nodes).allMatch(SimulatedNode::isJoined);
        assertThat(clients).allMatch(SimulatedClient::isSettled);
        history.check(nodes);
        return history;
    }

    /** Looks at new left events on whichever node has them first. */
    private static void watchLeavers(
            SimulatedWorld world, List<SimulatedNode> nodes, SimulatedHistory history, int[] seen) {
        for (SimulatedNode node : nodes) {
            for (; seen[0] < node.events().size(); seen[0]++) {
                if (node.events().get(seen[0]) instanceof Event.Left left) {
                    history.left(left.header().session());
                }
            }
        }
        world.after(5 * MILLI, () -> watchLeavers(world, nodes, history, seen));
    }

    private static void fault(SimulatedWorld world, SimulatedLog log, List<SimulatedNode> nodes, boolean[] over) {
        if (over[0]) {
            return;
        }
        SimulatedNode node = nodes.get(world.random.nextInt(nodes.size()));
        long duration = world.between(50 * MILLI, 9 * SECOND);
        switch (world.random.nextInt(6)) {
            case 0 -> {
                node.kill(world.chance(0.3) ? world.random.nextInt(20) : 0);
                world.after(duration, node::start);
            }
            case 1 -> node.pause(duration);
            case 2 -> {
                node.connection.cut = true;
                world.after(duration, () -> node.connection.cut = false);
            }
            case 3 -> {
                log.down = true;
                world.after(duration, () -> log.down = false);
            }
            case 4 -> log.leap(world.between(0, 10 * SECOND));
            default -> log.clockSkew -= world.between(0, 10 * SECOND);
        }
        world.after(world.between(100 * MILLI, 8 * SECOND), () -> fault(world, log, nodes, over));
    }
}
