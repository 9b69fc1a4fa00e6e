package io.chittychat.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The logs of a real run, which are right, to be spoiled: alice, bob, carol, dave and {@code server}. Lines are counted from 1.
 */
final class RunCopy {

    static final Path RUN = Path.of("src", "test", "resources", "run");

    private final Map<String, List<String>> logs = new TreeMap<>();

    RunCopy() {
        Stream.of("alice", "bob", "carol", "dave").forEach(name -> read(fileOf(name), RUN.resolve("logs")));
        read("server.out", RUN.resolve("output"));
    }

    private void read(String file, Path from) {
        try {
            logs.put(file, new ArrayList<>(Files.readAllLines(from.resolve(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of a log. */
    static String fileOf(String name) {
        return name.equals("server") ? "server.out" : "participant-" + name + ".log";
    }

    /** The lines of a log, which may be changed. */
    List<String> lines(String name) {
        return logs.getOrDefault(fileOf(name), new ArrayList<>());
    }

    String line(String name, int line) {
        return lines(name).get(line - 1);
    }

    RunCopy drop(String name, int line) {
        lines(name).remove(line - 1);
        return this;
    }

    RunCopy duplicate(String name, int line) {
        return copy(name, line, line);
    }

    /** Puts a copy of a line behind another one. */
    RunCopy copy(String name, int line, int behind) {
        lines(name).add(behind, line(name, line));
        return this;
    }

    RunCopy swap(String name, int line) {
        lines(name).add(line - 1, lines(name).remove(line));
        return this;
    }

    /** Moves a line to where another one stands. */
    RunCopy move(String name, int line, int to) {
        lines(name).add(to - 1, lines(name).remove(line - 1));
        return this;
    }

    /** Inserts a line of the same writer before another one. */
    RunCopy insert(String name, int before, String line) {
        String head = name.equals("server") ? "level=INFO " : "participant=" + name + " ";
        lines(name).add(before - 1, "time=2026-11-21T10:00:00.500Z " + head + line);
        return this;
    }

    /** Replaces what must be in a line. */
    RunCopy edit(String name, int line, String old, String changed) {
        if (!line(name, line).contains(old)) {
            throw new IllegalArgumentException(old + " is not in " + line(name, line));
        }
        lines(name).set(line - 1, line(name, line).replace(old, changed));
        return this;
    }

    /** Replaces in the lines with a mark, of all logs; there must be some. */
    RunCopy editAll(String mark, String old, String changed) {
        long found = logs.values().stream()
                .flatMap(List::stream)
                .filter(line -> line.contains(mark) && line.contains(old))
                .count();
        if (found == 0) {
            throw new IllegalArgumentException("no line has " + mark);
        }
        logs.values()
                .forEach(lines -> lines.replaceAll(line -> line.contains(mark) ? line.replace(old, changed) : line));
        return this;
    }

    /** Drops the lines with a mark, of all logs. */
    RunCopy dropAll(String mark) {
        logs.values().forEach(lines -> lines.removeIf(line -> line.contains(mark)));
        return this;
    }

    RunCopy without(String name) {
        logs.remove(fileOf(name));
        return this;
    }

    /** Gives a log to another file. */
    RunCopy rename(String name, String file) {
        logs.put(file, logs.getOrDefault(fileOf(name), new ArrayList<>()));
        return without(name);
    }

    /** Changes all lines of a log. */
    RunCopy each(String name, UnaryOperator<String> change) {
        lines(name).replaceAll(change);
        return this;
    }

    /** Writes the logs. */
    void writeTo(Path dir) throws IOException {
        for (Map.Entry<String, List<String>> log : logs.entrySet()) {
            Path file = dir.resolve(log.getKey());
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, String.join("\n", log.getValue()) + "\n", UTF_8);
        }
    }
}
