package io.chittychat.demo.faults.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process takes of the machine.
 *
 * @param residentBytes its memory that is in RAM
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5)</a>
 */
public record ProcessStatus(long residentBytes, int threads) {

    private static final long KB = 1024;
    private static final long MB = KB * KB;

    public static ProcessStatus of(long pid) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
            return new ProcessStatus(field(status, "VmRSS") * KB, (int) field(status, "Threads"));
        } catch (IOException e) {
            throw new IllegalStateException("process " + pid + " has no status: it has ended", e);
        }
    }

    private static long field(String status, String name) {
        Matcher field =
                Pattern.compile("^" + name + ":\\s*(\\d+)", Pattern.MULTILINE).matcher(status);
        if (!field.find()) {
            throw new IllegalStateException("a process without " + name);
        }
        return Long.parseLong(field.group(1));
    }

    public long residentMegabytes() {
        return residentBytes / MB;
    }
}
