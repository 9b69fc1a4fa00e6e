package io.chittychat.bench.measure;

import io.chittychat.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The limit of open files and connections of this process, which its servers inherit. */
public final class OpenFiles {

    private static final String LIMIT = "Max open files";
    private static final int OTHERS = 200; // this JVM's own

    private OpenFiles() {}

    /** @throws BenchException if the limit is too low for these connections */
    public static void require(int connections) {
        int limit;
        try {
            limit = parse(Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            throw new BenchException("cannot read the limit of open files: " + e, e);
        }
        if (connections + OTHERS > limit) {
            throw new BenchException(
                    "%,d connections need a limit of %,d open files, and it is %,d: raise it with ulimit -n"
                            .formatted(connections, connections + OTHERS, limit));
        }
    }

    /** The soft limit, which a JVM raises to the hard one when it starts. */
    static int parse(String limits) {
        String value = limits.lines()
                .filter(line -> line.startsWith(LIMIT))
                .map(line -> line.substring(LIMIT.length()).strip().split("\\s+")[0])
                .findFirst()
                .orElse("unlimited");
        return value.equals("unlimited") ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(value));
    }
}
