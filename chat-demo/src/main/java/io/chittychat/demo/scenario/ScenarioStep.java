package io.chittychat.demo.scenario;

import java.time.Duration;
import java.util.List;

/** One step of a scenario. Whoever is named in it can do it when its turn comes: a {@link Scenario} makes sense. */
public sealed interface ScenarioStep {

    /** A new scene begins. */
    record Scene(String sentence) implements ScenarioStep {}

    /** Some enter the chat, at once if they are several. */
    record Join(List<String> names) implements ScenarioStep {}

    /** Some speak, without waiting for each other if they are several. */
    record Say(List<Saying> sayings) implements ScenarioStep {}

    /** Some take leave, one after the other. */
    record Leave(List<String> names) implements ScenarioStep {}

    /** Somebody's process is killed. */
    record Crash(String name) implements ScenarioStep {}

    /** Somebody's line to the service is cut. */
    record Cut(String name) implements ScenarioStep {}

    /** Somebody's line to the service is made good, whatever was wrong with it. */
    record Mend(String name) implements ScenarioStep {}

    /** Whatever goes over somebody's line arrives later by so much. */
    record Slow(String name, Duration delay) implements ScenarioStep {}

    /** Somebody's line breaks again and again, at random. */
    record Unreliable(String name) implements ScenarioStep {}

    /** The service is killed. */
    record Stop() implements ScenarioStep {}

    /** The service is started again. */
    record Start() implements ScenarioStep {}

    /**
     * Who says what.
     *
     * @param name somebody present
     * @param text a valid message
     */
    record Saying(String name, String text) {}
}
