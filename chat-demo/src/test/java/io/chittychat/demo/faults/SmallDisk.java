package io.chittychat.demo.faults;

import io.chittychat.process.Await;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A small file system in memory that only the processes see that are started in it: the machine itself has nothing
 * mounted. It lives as long as the process that holds it.
 */
final class SmallDisk {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String MOUNTED = "mounted";
    private static final int BLOCK = 4096;

    private final Path dir;
    private final ChildProcess holder;
    private final List<String> entrance;

    private SmallDisk(Path dir, ChildProcess holder, List<String> entrance) {
        this.dir = dir;
        this.holder = holder;
        this.entrance = entrance;
    }

    /**
     * Makes one.
     *
     * @param dir where it is to those who are in it; a directory that is there
     * @throws ProcessFailedException if this machine lets us neither as root nor in a namespace of users
     */
    static SmallDisk mount(Children children, Path dir, int megabytes) {
        String script = "mount -t tmpfs -o size=%dm tmpfs '%s' && echo %s && exec sleep 3600"
                .formatted(megabytes, dir, MOUNTED);
        StringBuilder problems = new StringBuilder();
        for (String how : List.of("-m", "-rm")) {
            ChildProcess holder = children.start(
                    "unshare " + how,
                    List.of("unshare", how, "sh", "-c", script),
                    dir,
                    dir.resolveSibling("disk" + how + ".out"));
            if (isMounted(holder)) {
                return new SmallDisk(dir, holder, entrance(how, holder.pid()));
            }
            problems.append(holder.name())
                    .append(": ")
                    .append(holder.output().strip())
                    .append("; ");
        }
        throw new ProcessFailedException(
                "this test needs a small disk of its own: be root, or allow user namespaces (" + problems + ")");
    }

    private static boolean isMounted(ChildProcess holder) {
        return Await.until("a small disk", BOUND, () -> {
            if (holder.output().contains(MOUNTED)) {
                return Optional.of(true);
            }
            return holder.isAlive() ? Optional.empty() : Optional.of(false);
        });
    }

    private static List<String> entrance(String how, long pid) {
        String target = Long.toString(pid);
        return how.equals("-m")
                ? List.of("nsenter", "--target", target, "--mount")
                : List.of("nsenter", "--target", target, "--user", "--preserve-credentials", "--mount");
    }

    /** The beginning of a command that is to be run in it. */
    List<String> entrance() {
        return entrance;
    }

    /** Where it is to those who are in it. */
    Path dir() {
        return dir;
    }

    /** Takes all the space that is left. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] block = new byte[BLOCK];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (Files.size(filler()) == 0) {
                throw e;
            }
        }
    }

    /** Gives the space back. */
    void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return Path.of("/proc", Long.toString(holder.pid()), "root")
                .resolve(Path.of("/").relativize(dir))
                .resolve("filler");
    }
}
