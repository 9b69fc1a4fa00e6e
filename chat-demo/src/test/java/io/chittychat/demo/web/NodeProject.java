package io.chittychat.demo.web;

import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.machine.DebianPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Tests in JavaScript for Node.js, with the packages of their lock file. */
final class NodeProject {

    private static final Duration INSTALL_BOUND = Duration.ofMinutes(3);
    private static final Duration TEST_BOUND = Duration.ofSeconds(100);

    private static final String LOCK = "package-lock.json";

    private final Path dir;
    private final Children children;

    private NodeProject(Path dir, Children children) {
        this.dir = dir;
        this.children = children;
    }

    /** Installs Node.js unless it is there, and otherwise says why not. */
    static Optional<String> install() {
        return isThere("node") && isThere("npm") ? Optional.empty() : DebianPackages.install("nodejs", "npm");
    }

    private static boolean isThere(String program) {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Copies a project to a directory and installs its packages there, unless they are there from an earlier time.
     *
     * @param source its files, without subdirectories
     */
    static NodeProject of(Path source, Path dir, Children children) {
        NodeProject project = new NodeProject(dir, children);
        try {
            Files.createDirectories(dir);
            project.copy(source);
            Path installed = dir.resolve("node_modules").resolve(LOCK); // of the packages that are there
            if (!Files.exists(installed) || Files.mismatch(dir.resolve(LOCK), installed) >= 0) {
                project.run("npm ci", INSTALL_BOUND, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"));
                Files.copy(dir.resolve(LOCK), installed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return project;
    }

    private void copy(Path source) throws IOException {
        for (Path old : list(dir, ".js")) {
            Files.delete(old);
        }
        for (Path file : list(source, "")) {
            Files.copy(file, dir.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Path> list(Path dir, String end) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    /** Runs all tests; some may fail. */
    NodeReport test(Map<String, String> environment) throws IOException {
        Path report = dir.resolve("report.xml");
        Files.deleteIfExists(report);
        List<String> command = new ArrayList<>(List.of(
                "node",
                "--test",
                "--test-reporter=junit",
                "--test-reporter-destination=" + report.getFileName(),
                "--test-reporter=spec",
                "--test-reporter-destination=stdout"));
        list(dir, ".test.js").forEach(file -> command.add(file.getFileName().toString()));
        ChildProcess node = start("node --test", environment, command);
        OptionalInt unused = awaitEnd(node, TEST_BOUND); // the report says what failed
        return NodeReport.read(report, node.output());
    }

    private void run(String name, Duration bound, Map<String, String> environment, List<String> command) {
        ChildProcess process = start(name, environment, command);
        OptionalInt code = awaitEnd(process, bound);
        if (code.isEmpty() || code.getAsInt() != 0) {
            throw process.failed(name + " failed");
        }
    }

    private ChildProcess start(String name, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().putAll(environment);
        return children.start(name, builder, dir.resolve("output.txt"));
    }

    private static OptionalInt awaitEnd(ChildProcess process, Duration bound) {
        OptionalInt code = process.awaitExit(bound);
        if (code.isEmpty()) {
            process.kill();
            throw new ProcessFailedException("%s took longer than %d s; it printed:%n%s"
                    .formatted(process.name(), bound.toSeconds(), process.output()));
        }
        return code;
    }
}
