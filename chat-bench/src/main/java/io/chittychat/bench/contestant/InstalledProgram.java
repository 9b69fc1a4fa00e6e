package io.chittychat.bench.contestant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.bench.BenchException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs of this machine. */
final class InstalledProgram {

    /** Directories of servers that may not be on the path. */
    private static final List<String> ALSO = List.of("/usr/sbin", "/usr/local/sbin");

    private InstalledProgram() {}

    static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), ALSO.stream())
                .map(dir -> Path.of(dir, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether a command ends with exit code 0; what it prints is dropped. */
    static boolean succeeds(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } finally {
            process.destroy();
        }
    }

    /** The first line that a program prints about itself. */
    static String firstLine(Path program, String argument) {
        try {
            Process process = new ProcessBuilder(program.toString(), argument)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String all = new String(process.getInputStream().readAllBytes(), UTF_8);
            return all.lines().findFirst().orElse("of unknown version");
        } catch (IOException e) {
            return "of unknown version";
        }
    }
}
