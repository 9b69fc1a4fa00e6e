package io.chittychat.bench.start;

import io.chittychat.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory of the machine a process takes, as Linux counts it (VmRSS in proc_pid_status(5)). */
final class ResidentMemory {

    private static final String KEY = "VmRSS:";

    private ResidentMemory() {}

    /** In bytes. */
    static long of(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
        } catch (IOException e) {
            throw new BenchException("cannot read the memory of process " + pid + ": " + e, e);
        }
    }

    static long parse(String status) {
        return status.lines()
                .filter(line -> line.startsWith(KEY))
                .findFirst()
                .map(line -> line.substring(KEY.length()).replace("kB", "").strip())
                .map(kilobytes -> Long.parseLong(kilobytes) * 1024)
                .orElseThrow(() -> new BenchException("no " + KEY + " in:\n" + status));
    }
}
