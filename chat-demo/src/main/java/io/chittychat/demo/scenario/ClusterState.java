package io.chittychat.demo.scenario;

import java.util.Set;
import java.util.TreeSet;

/**
 * The state of the nodes and brokers at a point of a scenario that is being read. Each method takes a step if it is possible
 * there; otherwise it throws {@link IllegalArgumentException} with a sentence for the user.
 */
final class ClusterState {

    /** The nodes of the service, and as many brokers: one may die, and two still have every message. */
    static final int NODES = 3;

    private final Set<Integer> dead = new TreeSet<>();
    private final Set<Integer> cutOff = new TreeSet<>();
    private boolean leaderDied;
    private boolean used;

    /** Whether a step was taken, so that the service has nodes. */
    boolean isUsed() {
        return used;
    }

    int kill(int node) {
        requireServing(node);
        dead.add(node);
        requireOneLeft();
        return node;
    }

    int start(int node) {
        ScenarioState.require(dead.remove(node), "node " + node + " runs");
        return node;
    }

    void killLeader() {
        ScenarioState.require(!leaderDied, "one broker is dead already, and the other two are needed");
        leaderDied = true;
        used = true;
    }

    int cutOff(int node) {
        requireServing(node);
        cutOff.add(node);
        requireOneLeft();
        return node;
    }

    int bringBack(int node) {
        ScenarioState.require(cutOff.remove(node), "node " + node + " is not cut off");
        return node;
    }

    private void requireServing(int node) {
        used = true;
        ScenarioState.require(!dead.contains(node), "node " + node + " is dead: start it first");
        ScenarioState.require(!cutOff.contains(node), "node " + node + " is cut off: it must be back first");
    }

    private void requireOneLeft() {
        ScenarioState.require(dead.size() + cutOff.size() < NODES, "no node is left that serves anybody");
    }

    void requireThatItMayEnd() {
        ScenarioState.require(cutOff.isEmpty(), "a node is cut off at the end: write 'node N is back'");
    }
}
