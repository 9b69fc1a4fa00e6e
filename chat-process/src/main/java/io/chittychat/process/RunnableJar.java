package io.chittychat.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program in a jar, and the JVM options that it is started with.
 *
 * @param file the jar
 * @param jvmOptions empty for the JVM's defaults
 */
public record RunnableJar(Path file, List<String> jvmOptions) {

    public RunnableJar {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * The jar of a module in a checkout that has been built.
     *
     * @throws ProcessFailedException if it is missing
     */
    public static RunnableJar of(Path home, String module, List<String> jvmOptions) {
        Path jar = home.resolve(module)
                .resolve("target")
                .resolve(module + ".jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new ProcessFailedException("%s is missing: run ./mvnw package first".formatted(jar));
        }
        return new RunnableJar(jar, jvmOptions);
    }

    /** Adds JVM options, which win over earlier ones. */
    public RunnableJar with(List<String> moreOptions) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(moreOptions);
        return new RunnableJar(file, all);
    }

    /** The same program with what {@link #prepared} has made of it, if that is there. */
    public RunnableJar quick() {
        return new QuickStart(this).find();
    }

    /**
     * The same program, unpacked and with an archive of the classes that the JVM loads for it, beside the jar: a start takes
     * half the CPU. Making that takes some seconds once for each jar and JVM.
     *
     * @param options the JVM's, for the run whose classes are archived
     * @param arguments with which the program ends by itself
     */
    public RunnableJar prepared(List<String> options, List<String> arguments) {
        return new QuickStart(this).make(options, arguments);
    }

    /** The command that starts the program with these arguments. */
    public List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", file.toString()));
        command.addAll(arguments);
        return command;
    }

    /** The program {@code java} of the JVM that runs this one. */
    public static String java() {
        return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    }
}
