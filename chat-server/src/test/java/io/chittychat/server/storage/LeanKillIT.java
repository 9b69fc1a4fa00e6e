package io.chittychat.server.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a {@link LogProcess} at random moments (kill -9), while it opens the store or is busy. Each start is the check of
 * what the killed one left. {@code -Dchitty.lean-kills=1000} makes it longer, {@code -Dchitty.seed=N} repeats the moments.
 */
class LeanKillIT {

    private static final int KILLS = Integer.getInteger("chitty.lean-kills", 60);
    private static final long SEED = Long.getLong("chitty.seed", System.nanoTime());
    private static final int LIFE_MILLIS = 200;
    private static final int OPEN_MILLIS = 300; // longer than it takes
    private static final int OPEN_BOUND_SECONDS = 20;
    private static final int WHOLE_EVERY = 25;
    private static final int EXIT_SECONDS = 20;

    private final Random random = new Random(SEED);
    private final RecordedLog log = new RecordedLog();
    private final List<Lane> lanes =
            IntStream.range(1, 13).mapToObj(n -> new Lane(n, n > 4)).toList();
    private final Deque<Process> processes = new ArrayDeque<>();
    private int checks;
    private int started;

    @TempDir
    private Path dir;

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly();
            process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatWasAcknowledgedIsInTheLogOnceWheneverTheProcessIsKilled() throws IOException, InterruptedException {
        System.out.printf("LeanKillIT: seed %d, %d kills%n", SEED, KILLS);
        long start = System.nanoTime();
        processes.add(start());
        for (int kill = 1; kill <= KILLS; kill++) {
            processes.add(start()); // the next one, which waits until this one is dead
            live(processes.removeFirst(), kill % WHOLE_EVERY == 0, random.nextInt(4) > 0);
        }
        int before = checks;
        live(processes.removeFirst(), true, true);
        assertThat(checks).isEqualTo(before + 1);
        System.out.printf(
                "LeanKillIT: seed %d: %d kills, %d checks, %s, in %d s%n",
                SEED,
                KILLS,
                checks,
                log.summary(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
        assertThat(checks).as("the most of the kills were followed by a check").isGreaterThan(KILLS / 2);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LogProcess.class.getName(),
                        dir.resolve("chitty.db").toString(),
                        dir.resolve("rehearsal-" + started++ + ".db").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /**
     * Lets a process open the store and work, and kills it after a while.
     *
     * @param whole whether it shows all events, not only the new ones
     * @param ready whether the while begins when it has opened the store, not before
     */
    private void live(Process process, boolean whole, boolean ready) throws IOException, InterruptedException {
        CountDownLatch begin = new CountDownLatch(ready ? 1 : 0);
        long millis = random.nextInt(ready ? LIFE_MILLIS : OPEN_MILLIS);
        try (BufferedReader out = process.inputReader(UTF_8);
                BufferedWriter in = process.outputWriter(UTF_8)) {
            in.write("open " + (whole ? 0 : log.newest()) + "\n");
            in.flush();
            Thread killer = new Thread(() -> killAfter(process, begin, millis), "killer");
            killer.start();
            talk(out, in, whole, begin);
            killer.join();
        } catch (IOException e) {
            // What was to be flushed cannot be; its pipes are closed a moment before it is seen to be dead.
            assertThat(process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS))
                    .as("dead after %s", e)
                    .isTrue();
        }
        assertThat(process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed; seed %d", SEED).isEqualTo(128 + 9);
        assertThat(log.problems()).as("seed %d", SEED).isEmpty();
    }

    private static void killAfter(Process process, CountDownLatch begin, long millis) {
        try {
            begin.await(OPEN_BOUND_SECONDS, TimeUnit.SECONDS);
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.toHandle().destroyForcibly(); // unlike the process, this leaves what it has printed to be read
    }

    private void talk(BufferedReader out, BufferedWriter in, boolean whole, CountDownLatch ready) throws IOException {
        List<String> report = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            switch (line.charAt(0)) {
                case '+', '-' -> answer(line.split(" "), in);
                case 'r' -> {
                    log.compare(report, whole);
                    checks++;
                    repeatUnanswered(in);
                    ready.countDown();
                }
                default -> report.add(line);
            }
            if (!out.ready()) {
                flush(in);
            }
        }
    }

    private void repeatUnanswered(BufferedWriter in) {
        for (Lane lane : lanes) {
            lane.unansweredLines().forEach(line -> write(in, line));
            goOn(lane, in);
        }
    }

    private void answer(String[] words, BufferedWriter in) {
        Lane lane = lanes.get(Integer.parseInt(words[1].split("/")[0]) - 1);
        Lane.Step step = lane.answered(words[1]);
        if (words[0].equals("+")) {
            log.acknowledge(step, Long.parseLong(words[2]));
        } else {
            log.refuse(step, words[2]);
        }
        goOn(lane, in);
    }

    private static void goOn(Lane lane, BufferedWriter in) {
        while (lane.advance()) {
            write(in, lane.newestLine());
        }
    }

    private static void write(BufferedWriter in, String line) {
        try {
            in.write(line + "\n");
        } catch (IOException e) {
            // It was killed; the line is repeated to the next one.
        }
    }

    private static void flush(BufferedWriter in) {
        try {
            in.flush();
        } catch (IOException e) {
            // It was killed; what was written is repeated to the next one.
        }
    }
}
