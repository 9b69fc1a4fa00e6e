package io.chittychat.tools.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the processes are made of.
 *
 * @param serverJar the runnable service
 * @param clientJar the runnable terminal client
 * @param jvmOptions for each of them
 */
record Programs(Path serverJar, Path clientJar, List<String> jvmOptions) {

    /** Short-lived and many on one machine: quick to start and small before fast. */
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx160m", "-Dfile.encoding=UTF-8");

    /**
     * The jars of a checkout that has been built.
     *
     * @param home the checkout
     * @throws DemoFailedException if one is missing
     */
    static Programs of(Path home) {
        return new Programs(jar(home, "chat-server"), jar(home, "chat-client"), SMALL);
    }

    private static Path jar(Path home, String module) {
        Path jar = home.resolve(module)
                .resolve("target")
                .resolve(module + ".jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new DemoFailedException("%s is missing: run ./mvnw package first".formatted(jar));
        }
        return jar;
    }

    /** Adds JVM options, which win over those before them. */
    Programs with(Optional<String> options) {
        List<String> all = new ArrayList<>(jvmOptions);
        options.map(String::strip)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> all.addAll(List.of(text.split("\\s+"))));
        return new Programs(serverJar, clientJar, List.copyOf(all));
    }

    List<String> server(List<String> arguments) {
        return command(serverJar, arguments);
    }

    List<String> client(List<String> arguments) {
        return command(clientJar, arguments);
    }

    private List<String> command(Path jar, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
