package io.chittychat.demo.container;

import io.chittychat.process.Await;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.machine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Docker engine of our own, in namespaces of its own: no other process sees its bridges, rules, ports and mounts, and with
 * its first process everything in it ends. Not safe for use by several threads.
 */
final class Engine {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final List<String> PACKAGES = List.of("docker.io", "docker-compose", "iptables", "iproute2");
    private static final String START = """
            PATH=$PATH:/usr/sbin:/sbin; ip link set lo up && exec dockerd --config-file "$0"
            """;

    private final Path dir;
    private final ChildProcess daemon;

    private Engine(Path dir, ChildProcess daemon) {
        this.dir = dir;
        this.daemon = daemon;
    }

    /** Why there can be none here; empty if there can. Installs missing packages, if that is allowed. */
    static Optional<String> obstacle() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("a Docker engine needs root");
        }
        List<String> install =
                new ArrayList<>(List.of(Home.dir().resolve(".ci/install").toString()));
        install.addAll(PACKAGES);
        try {
            Command.run(install, Map.of());
            return Optional.empty();
        } catch (ProcessFailedException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Starts one.
     *
     * @param dir a short path, since the name of its socket must be
     * @throws ProcessFailedException if this machine does not let us
     */
    static Engine start(Children children, Path dir) throws IOException {
        Path settings = dir.resolve("daemon.json");
        Files.writeString(settings, """
                {"data-root": "%1$s/data", "exec-root": "%1$s/exec", "pidfile": "%1$s/pid", "hosts": ["unix://%1$s/socket"]}
                """.formatted(dir));
        List<String> command = new ArrayList<>(
                List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"));
        command.addAll(List.of("sh", "-c", START, settings.toString()));
        Engine engine = new Engine(dir, children.start("dockerd", command, dir, dir.resolve("dockerd.log")));
        Await.until("a Docker engine", BOUND, () -> {
            if (!engine.daemon.isAlive()) {
                throw new ProcessFailedException(
                        "no Docker engine starts here: " + String.join("\n", engine.daemon.tail(3)));
            }
            return engine.answers() ? Optional.of(engine) : Optional.empty();
        });
        return engine;
    }

    private boolean answers() {
        try {
            docker("version");
            return true;
        } catch (ProcessFailedException e) {
            return false;
        }
    }

    /** Runs Debian's {@code docker}; what it prints. */
    String docker(String... arguments) {
        return run("/usr/bin/docker", arguments);
    }

    /** Runs Debian's {@code docker-compose} with the project of the checkout; what it prints. */
    String compose(String... arguments) {
        return run("/usr/bin/docker-compose", arguments);
    }

    /** The same with the composition of several nodes. */
    String composeCluster(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--file", "docker-compose.cluster.yml"));
        all.addAll(List.of(arguments));
        return compose(all.toArray(new String[0]));
    }

    /** Makes an image of a file system that a command writes to its standard output, as a tar. */
    void load(String image, List<String> tar, String... settings) {
        List<String> pipe = new ArrayList<>(
                List.of("bash", "-c", "set -o pipefail; \"${@:4}\" | \"$1\" import -c \"$2\" - \"$3\""));
        pipe.addAll(List.of("load", "/usr/bin/docker", String.join("\n", settings), image));
        pipe.addAll(tar);
        Command.run(pipe, environment());
    }

    private String run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return Command.run(command, environment());
    }

    private Map<String, String> environment() {
        return Map.of(
                "DOCKER_HOST", "unix://" + dir.resolve("socket"),
                "DOCKER_CONFIG", dir.toString(), // not the user's
                "DOCKER_BUILDKIT", "1", // passes over stages that are not needed
                "COMPOSE_PROJECT_NAME", "chitty",
                "COMPOSE_DOCKER_CLI_BUILD", "0",
                "CHITTY_JARS", "target");
    }
}
