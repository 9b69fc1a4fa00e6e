package io.chittychat.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Describes this machine. */
final class Machine {

    private Machine() {}

    /** The machine in one line. */
    static String describe() {
        return "%d cores%s, %s %s, JDK %s (%s), load average at the end %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        System.getProperty("java.vm.name"),
                        loadAverage());
    }

    private static String processor() {
        return read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
                .orElse("");
    }

    private static String loadAverage() {
        String load = read("/proc/loadavg");
        return load.isEmpty() ? "unknown" : load.substring(0, load.indexOf(' '));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }
}
