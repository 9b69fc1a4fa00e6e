package io.chittychat.demo.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A launcher that runs, and what it prints. */
record Started(Process process, Path output, Path errors) {

    static Started start(String program, Map<String, String> environment, List<String> arguments, Path dir) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Path output = Files.createTempFile(dir, "launcher", ".out");
            Path errors = Files.createTempFile(dir, "launcher", ".err");
            return new Started(
                    builder.redirectOutput(output.toFile())
                            .redirectError(errors.toFile())
                            .start(),
                    output,
                    errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has ended. */
    Run await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("the launcher does not end; it said: " + read(errors));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return new Run(process.exitValue(), read(output), read(errors));
    }

    /** Waits until it has said something on standard error. */
    void awaitError(String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> read(errors).contains(text));
    }

    /** Kills it and what it has started. */
    void kill() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What became of one. */
    record Run(int exitCode, String output, String errors) {

        /** How Java was called: its locale, and its arguments. */
        List<String> java() {
            return output.lines().toList();
        }

        /** The arguments behind the jar. */
        List<String> arguments() {
            int jar = java().indexOf("-jar");
            return java().subList(jar + 2, java().size());
        }
    }
}
