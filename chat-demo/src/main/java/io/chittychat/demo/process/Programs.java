package io.chittychat.demo.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the processes are made of.
 *
 * @param launcher the beginning of each command, to start the programs inside something; usually empty
 * @param serverJar the runnable service
 * @param clientJar the runnable terminal client
 * @param jvmOptions for each of them
 */
public record Programs(List<String> launcher, Path serverJar, Path clientJar, List<String> jvmOptions) {

    /** Short-lived and many on one machine: quick to start and small before fast. */
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx160m", "-Dfile.encoding=UTF-8");

    /**
     * The jars of a checkout that has been built.
     *
     * @param home the checkout
     * @throws ProcessFailedException if one is missing
     */
    public static Programs of(Path home) {
        return new Programs(List.of(), jar(home, "chat-server"), jar(home, "chat-client"), SMALL);
    }

    private static Path jar(Path home, String module) {
        Path jar = home.resolve(module)
                .resolve("target")
                .resolve(module + ".jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new ProcessFailedException("%s is missing: run ./mvnw package first".formatted(jar));
        }
        return jar;
    }

    /** Adds JVM options, which win over those before them. */
    public Programs with(Optional<String> options) {
        List<String> all = new ArrayList<>(jvmOptions);
        options.map(String::strip)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> all.addAll(List.of(text.split("\\s+"))));
        return new Programs(launcher, serverJar, clientJar, List.copyOf(all));
    }

    /** Starts programs by a command that takes another one as its arguments. */
    public Programs startedBy(List<String> command) {
        return new Programs(List.copyOf(command), serverJar, clientJar, jvmOptions);
    }

    public List<String> server(List<String> arguments) {
        return command(serverJar, arguments);
    }

    public List<String> client(List<String> arguments) {
        return command(clientJar, arguments);
    }

    private List<String> command(Path jar, List<String> arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
