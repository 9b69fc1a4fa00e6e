package io.chittychat.bench.server;

import io.chittychat.bench.BenchException;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.RunnableJar;
import io.chittychat.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the servers that are measured.
 *
 * @param jar the service, with the JVM options of the launcher
 * @param options JVM options beyond those
 * @param dir has a directory for every server
 * @param children ends all servers at the end
 */
public record Installation(RunnableJar jar, List<String> options, Path dir, Children children) {

    public Installation {
        dir = dir.toAbsolutePath().normalize();
    }

    /** The service of a checkout. */
    public static Installation of(Path home, List<String> options, Path dir, Children children) {
        Path ofTheLauncher =
                home.resolve("config/server.options").toAbsolutePath().normalize();
        RunnableJar jar = RunnableJar.of(home, "chat-server", List.of("@" + ofTheLauncher));
        return new Installation(jar.with(options), options, dir, children);
    }

    /** The service as a JVM starts it by default. */
    public RunnableJar plainJar() {
        return new RunnableJar(jar.file(), options);
    }

    /** The checkout that the service was built in. */
    public Path checkout() {
        return jar.file().resolve("../../..").normalize(); // the jar is in the directory of its module's build
    }

    /**
     * Starts the service with an empty store, and waits until it is ready. It logs every call to a file, as in production.
     *
     * @param name of its directory
     * @param settings further arguments, such as {@code --chitty.store.durability=os}
     */
    public ServerProcess startService(String name, List<String> settings) {
        Path fresh = freshDirectory(name);
        List<String> all = new ArrayList<>(List.of(storeIn(fresh)));
        all.addAll(settings);
        return ServerProcess.start(children, jar::command, fresh, output(fresh), all)
                .awaitReady();
    }

    /** The setting for a store in a directory. */
    public static String storeIn(Path dir) {
        return "--chitty.store.file=" + dir.resolve("chitty.db");
    }

    /** Starts another server in a directory; it is not ready yet. */
    public ChildProcess start(List<String> command, Path dir) {
        return start(new ProcessBuilder(command).directory(dir.toFile()));
    }

    /** Starts another server; it is not ready yet. Its output goes to its directory. */
    public ChildProcess start(ProcessBuilder builder) {
        return children.start("the server", builder, output(builder.directory().toPath()));
    }

    private static Path output(Path dir) {
        return dir.resolve("server.log");
    }

    /** An empty directory; files of an earlier run are removed. */
    public Path freshDirectory(String name) {
        Path fresh = dir.resolve(name);
        try {
            if (Files.exists(fresh)) {
                try (Stream<Path> old = Files.walk(fresh)) {
                    for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            return Files.createDirectories(fresh);
        } catch (IOException e) {
            throw new BenchException("cannot make " + fresh + ": " + e, e);
        }
    }
}
