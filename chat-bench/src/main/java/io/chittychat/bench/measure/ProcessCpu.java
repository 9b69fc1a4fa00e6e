package io.chittychat.bench.measure;

import io.chittychat.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The processor time of a process so far, user and system, of all its threads.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public final class ProcessCpu {

    /** USER_HZ, which is always 100 in Linux's interfaces. */
    private static final long TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11; // index after the name, whose first field is the state
    private static final int SYSTEM_TIME = 12;

    private ProcessCpu() {}

    /** The time of a running process, exact to 20 ms. */
    public static Duration of(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException e) {
            throw new BenchException("cannot read the processor time of process " + pid + ": " + e, e);
        }
    }

    /** The process name is in parentheses, and may contain spaces and parentheses. */
    static Duration parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }
}
