package io.chittychat.bench.server;

import io.chittychat.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What servers are started from, and where they work.
 *
 * @param serverJar the runnable service
 * @param jvmOptions for its JVM; none are its defaults
 * @param dir holds a directory for every server
 */
public record Installation(Path serverJar, List<String> jvmOptions, Path dir) {

    /** The jar of a checkout that has been built. */
    public static Installation of(Path home, List<String> jvmOptions, Path dir) {
        Path jar = home.resolve("chat-server/target/chat-server.jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new BenchException("%s is missing: run ./mvnw package first".formatted(jar));
        }
        return new Installation(jar, jvmOptions, dir.toAbsolutePath().normalize());
    }

    /** The JVM that this one is. */
    public static String javaProgram() {
        return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    }

    List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(javaProgram());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", serverJar.toString()));
        return command;
    }

    /** An empty directory; what an earlier run left there is removed. */
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
