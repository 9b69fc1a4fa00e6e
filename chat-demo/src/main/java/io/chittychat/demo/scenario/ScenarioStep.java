package io.chittychat.demo.scenario;

import java.time.Duration;
import java.util.List;

/** One step of a scenario, which is possible at its place in the {@link Scenario}. */
public sealed interface ScenarioStep {

    /** A new scene begins. */
    record Scene(String sentence) implements ScenarioStep {}

    /** Participants join, all at once. */
    record Join(List<String> names) implements ScenarioStep {}

    /** Participants speak, without waiting for each other. */
    record Say(List<Saying> sayings) implements ScenarioStep {}

    /** Participants leave, one after the other. */
    record Leave(List<String> names) implements ScenarioStep {}

    /** The process of a participant is killed. */
    record Crash(String name) implements ScenarioStep {}

    /** The line of a participant is cut. */
    record Cut(String name) implements ScenarioStep {}

    /** The line of a participant is mended. */
    record Mend(String name) implements ScenarioStep {}

    /** The line of a participant delays everything. */
    record Slow(String name, Duration delay) implements ScenarioStep {}

    /** The line of a participant breaks again and again, at random. */
    record Unreliable(String name) implements ScenarioStep {}

    /** The service is killed. */
    record Stop() implements ScenarioStep {}

    /** The service is started again. */
    record Start() implements ScenarioStep {}

    /** A step that only a service on several nodes can take. */
    sealed interface OfCluster extends ScenarioStep {}

    /** A node is killed. */
    record KillNode(int node) implements OfCluster {}

    /** A killed node is started again. */
    record StartNode(int node) implements OfCluster {}

    /** The broker that leads the partition is killed. */
    record KillLeader() implements OfCluster {}

    /** A node is cut off from the brokers. */
    record CutOff(int node) implements OfCluster {}

    /** A node that was cut off reaches the brokers again. */
    record BringBack(int node) implements OfCluster {}

    /**
     * A message of a participant.
     *
     * @param name a participant in the chat
     * @param text a valid message
     */
    record Saying(String name, String text) {}
}
