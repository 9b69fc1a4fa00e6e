package io.chittychat.bench.measure;

import io.chittychat.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The processor time of processes so far, user and system, of all their threads.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public final class ProcessCpu {

    /** USER_HZ, which is always 100 in Linux's interfaces. */
    private static final long TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11; // index after the name, whose first field is the state
    private static final int SYSTEM_TIME = 12;
    private static final int USER_TIME_OF_ENDED = 13; // of children that ended, and of theirs
    private static final int SYSTEM_TIME_OF_ENDED = 14;

    private static final int ATTEMPTS = 100;

    private ProcessCpu() {}

    /** The time of a running process, exact to 20 ms. */
    public static Duration of(long pid) {
        try {
            return parse(stat(pid));
        } catch (IOException e) {
            throw unreadable(pid, e);
        }
    }

    /**
     * The time of a running process with all its descendants, including those that ended, exact to 20 ms for each of them. A
     * descendant whose parent ended before it does not count any more.
     */
    public static Duration ofTree(long pid) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Long> tree = tree(pid);
            try {
                Duration sum = Duration.ZERO;
                for (long process : tree) {
                    sum = sum.plus(parseWithEnded(stat(process)));
                }
                if (tree.equals(
                        tree(pid))) { // otherwise the time of one that ended meanwhile is counted twice, or not at all
                    return sum;
                }
            } catch (NoSuchFileException e) {
                continue; // it ended after it was listed
            } catch (IOException e) {
                throw unreadable(pid, e);
            }
        }
        throw new BenchException("process %d starts and ends others too often for their processor time".formatted(pid));
    }

    private static List<Long> tree(long pid) {
        ProcessHandle root =
                ProcessHandle.of(pid).orElseThrow(() -> new BenchException("process %d has ended".formatted(pid)));
        return LongStream.concat(LongStream.of(pid), root.descendants().mapToLong(ProcessHandle::pid))
                .sorted()
                .boxed()
                .toList();
    }

    private static String stat(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    }

    private static BenchException unreadable(long pid, IOException cause) {
        return new BenchException("cannot read the processor time of process " + pid + ": " + cause, cause);
    }

    static Duration parse(String stat) {
        return sum(stat, USER_TIME, SYSTEM_TIME);
    }

    static Duration parseWithEnded(String stat) {
        return sum(stat, USER_TIME, SYSTEM_TIME, USER_TIME_OF_ENDED, SYSTEM_TIME_OF_ENDED);
    }

    /** The process name is in parentheses, and may contain spaces and parentheses. */
    private static Duration sum(String stat, int... times) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        long ticks = 0;
        for (int time : times) {
            ticks += Long.parseLong(fields[time]);
        }
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }
}
