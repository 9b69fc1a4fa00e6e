package io.chittychat.bench.measure;

import io.chittychat.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The resident memory of a process.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5)</a>
 */
public final class ResidentMemory {

    private static final String FIELD = "VmRSS:";
    private static final long KB = 1024;

    private ResidentMemory() {}

    /** In bytes. */
    public static long of(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
        } catch (IOException e) {
            throw new BenchException("cannot read the memory of process " + pid + ": " + e, e);
        }
    }

    static long parse(String status) {
        return status.lines()
                .filter(line -> line.startsWith(FIELD))
                .map(line -> line.substring(FIELD.length()).strip().split(" ", -1)[0])
                .mapToLong(number -> Long.parseLong(number) * KB)
                .findFirst()
                .orElseThrow(() -> new BenchException("a process without " + FIELD));
    }
}
