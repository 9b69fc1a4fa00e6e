package io.chittychat.demo.container;

import io.chittychat.process.ProcessFailedException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/** The container of one service of the composition. */
final class Service {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200); // each takes two processes and the containers' time

    private final Engine engine;
    private final String name;

    Service(Engine engine, String name) {
        this.engine = engine;
        this.name = name;
    }

    /** What it has printed so far, on both of its outputs. */
    List<String> log() {
        return engine.docker("logs", id()).lines().toList();
    }

    /** The events that it has printed. */
    List<String> events() {
        return log().stream().filter(line -> line.startsWith("[L ")).toList();
    }

    /** Waits until it has printed lines of which one contains a text so often. */
    void awaitPrinted(String text, int times) {
        await(
                "'" + text + "'",
                lines -> lines.stream().filter(line -> line.contains(text)).count() >= times);
    }

    private void await(String what, Predicate<List<String>> printed) {
        try {
            waiting(what + " printed by " + name).until(this::log, printed);
        } catch (ConditionTimeoutException e) {
            throw new ProcessFailedException(e.getMessage() + "; but it printed:\n" + String.join("\n", log()), e);
        }
    }

    /** Waits until a part of its state is so. */
    void awaitState(String part, String value) {
        waiting(name + " to be " + value).until(() -> state(part), value::equals);
    }

    private static ConditionFactory waiting(String what) {
        return Awaitility.await(what).atMost(BOUND).pollInterval(LOOK);
    }

    /** A part of its state, such as {@code ExitCode}; see {@code docker inspect}. */
    String state(String part) {
        return engine.docker("inspect", "--format", "{{.State." + part + "}}", id())
                .strip();
    }

    /** What a shell in it prints, whether it fails or not. */
    String shell(String script) {
        return engine.docker("exec", id(), "bash", "-c", "{ " + script + "; } 2>&1 || true");
    }

    /** Does something to it, such as {@code kill}. */
    void does(String action) {
        engine.docker(action, id());
    }

    private String id() {
        return engine.docker("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.service=" + name)
                .strip();
    }
}
