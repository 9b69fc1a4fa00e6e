package io.chittychat.demo.scenario;

import java.time.Duration;
import java.util.List;

/** One step of a scenario. Whoever is named in it can do it when its turn comes: a {@link Scenario} makes sense. */
public sealed interface Step {

    /** A new scene begins. */
    record Scene(String sentence) implements Step {}

    /** Some enter the chat, at once if they are several. */
    record Join(List<String> names) implements Step {}

    /** Some speak, without waiting for each other if they are several. */
    record Say(List<Saying> sayings) implements Step {}

    /** Some take leave, one after the other. */
    record Leave(List<String> names) implements Step {}

    /** Somebody's process is killed. */
    record Crash(String name) implements Step {}

    /** Somebody's line to the service is cut. */
    record Cut(String name) implements Step {}

    /** Somebody's line to the service is made good, whatever was wrong with it. */
    record Mend(String name) implements Step {}

    /** Whatever goes over somebody's line arrives later by so much. */
    record Slow(String name, Duration delay) implements Step {}

    /** Somebody's line breaks again and again, at random. */
    record Unreliable(String name) implements Step {}

    /** The service is killed. */
    record Stop() implements Step {}

    /** The service is started again. */
    record Start() implements Step {}

    /**
     * Who says what.
     *
     * @param name somebody present
     * @param text a valid message
     */
    record Saying(String name, String text) {}
}
