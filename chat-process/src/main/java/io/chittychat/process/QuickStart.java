package io.chittychat.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Programs that were unpacked and have an archive of the classes that the JVM loads for them, in the directory {@code quick}
 * beside the jar: a start takes half the CPU. They are used only with the jar and the JVM that they were made of.
 *
 * <p>Processes and threads may make and use them at the same time.
 */
final class QuickStart {

    private static final Duration STEP_BOUND = Duration.ofMinutes(2);

    private final RunnableJar packed;
    private final Path dir;

    QuickStart(RunnableJar packed) {
        this.packed = packed;
        this.dir = packed.file().resolveSibling("quick");
    }

    /** The program as it was made, or the packed one. */
    RunnableJar find() {
        try {
            return isMade() ? quick() : packed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isMade() throws IOException {
        return Files.isRegularFile(madeOf())
                && Files.readString(madeOf(), UTF_8).equals(origin());
    }

    private RunnableJar quick() {
        return Files.isRegularFile(archive())
                ? new RunnableJar(program(), packed.jvmOptions()).with(List.of("-XX:SharedArchiveFile=" + archive()))
                : packed; // the JVM makes no archives
    }

    /**
     * Makes it unless it is there.
     *
     * @param options the JVM's, for the run whose classes are archived
     * @param arguments with which the program ends by itself
     */
    RunnableJar make(List<String> options, List<String> arguments) {
        try (FileChannel lock = FileChannel.open(
                dir.resolveSibling("quick.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            synchronized (QuickStart.class) { // the lock is the process's
                lock.lock();
                if (!isMade()) {
                    makeAnew(options, arguments);
                }
            }
            return find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeAnew(List<String> options, List<String> arguments) throws IOException {
        delete();
        Files.createDirectories(dir);
        try (Children children = new Children()) {
            run(
                    children,
                    List.of(
                            RunnableJar.java(),
                            "-Djarmode=tools",
                            "-jar",
                            packed.file().toString(),
                            "extract",
                            "--destination",
                            unpacked().toString()));
            Path archive = dir.resolve("classes.part");
            List<String> training = new ArrayList<>(options);
            training.add("-XX:ArchiveClassesAtExit=" + archive);
            run(
                    children,
                    new RunnableJar(program(), packed.jvmOptions())
                            .with(training)
                            .command(arguments));
            if (Files.isRegularFile(archive)) {
                Files.move(archive, archive(), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Files.writeString(madeOf(), origin(), UTF_8);
    }

    private void run(Children children, List<String> command) {
        ChildProcess child = children.start("the preparation of " + packed.file(), command, dir, dir.resolve("output"));
        if (child.awaitExit(STEP_BOUND).isEmpty()) {
            throw child.failed("it does not end: " + command);
        }
    }

    private void delete() throws IOException {
        if (Files.exists(dir)) {
            try (Stream<Path> files = Files.walk(dir)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path program() {
        return unpacked().resolve(packed.file().getFileName());
    }

    private Path unpacked() {
        return dir.resolve("app");
    }

    private Path archive() {
        return dir.resolve("classes.jsa");
    }

    private Path madeOf() {
        return dir.resolve("made-of");
    }

    /** Tells the jar and the JVM from others. */
    private String origin() throws IOException {
        CRC32C sum = new CRC32C();
        try (InputStream jar = new CheckedInputStream(Files.newInputStream(packed.file()), sum)) {
            jar.transferTo(OutputStream.nullOutputStream());
        }
        return "%x %s %s".formatted(sum.getValue(), Runtime.version(), System.getProperty("java.home"));
    }
}
