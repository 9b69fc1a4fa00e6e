package io.chittychat.demo.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Workspace;
import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service under load at random moments (kill -9), again and again on one store, and holds it each time to what
 * it said before. {@code -Dchitty.kills=200} makes it longer, {@code -Dchitty.seed=N} repeats the moments.
 */
class KillIT {

    private static final int KILLS = Integer.getInteger("chitty.kills", 10);
    private static final long SEED = Long.getLong("chitty.seed", System.nanoTime());
    private static final int LOAD_MILLIS = 1200;
    private static final int START_MILLIS = 1500; // about the time of a start
    private static final Duration EXIT_BOUND = Duration.ofSeconds(10);

    private final Random random = new Random(SEED);
    private final Ledger ledger = new Ledger();
    private final KnownLog log = new KnownLog();
    private final Participant observer = new Participant("observer", ledger);
    private final Listener listener = new Listener(new Participant("listener", ledger));
    private final Load load = new Load(
            List.of(
                    new OneByOne(new Participant("alice", ledger)),
                    new OneByOne(new Participant("bob", ledger)),
                    new Pipelined(new Participant("carol", ledger)),
                    new Pipelined(new Participant("dave", ledger)),
                    new Visitors(ledger),
                    new Ghosts(ledger),
                    listener),
            ledger);

    @TempDir
    private Path dir;

    private Workspace workspace;
    private Children children;
    private ServerProcess server;
    private int kills;

    @BeforeEach
    void open() {
        System.out.printf("KillIT: seed %d, %d kills%n", SEED, KILLS);
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
    }

    @AfterEach
    void close() {
        children.close();
        workspace.close();
    }

    @Test
    void whatWasAcknowledgedIsInTheLogOnceWheneverTheServiceIsKilled() throws IOException, InterruptedException {
        Path temporary = dir.resolve("tmp");
        long start = System.nanoTime();
        server = ProgramsUnderTest.get()
                .with(Optional.of("-Djava.io.tmpdir=" + Files.createDirectory(temporary)))
                .startServer(children, workspace, List.of())
                .awaitReady();
        try (Connection connection = Connection.to(server.address())) {
            observer.enter(connection);
        }
        while (kills < KILLS) {
            List<Path> before = files(temporary); // of those killed while they started, if any
            killUnderLoad();
            assertThat(files(temporary))
                    .as("no service leaves files when it is killed")
                    .isEqualTo(before);
            restart();
            try (Connection connection = Connection.to(server.address())) {
                check(connection);
            }
        }
        try (Connection connection = Connection.to(server.address())) {
            bringToAnEnd(connection);
        }
        assertThat(server.stop(EXIT_BOUND)).isPresent();
        System.out.printf(
                "KillIT: seed %d: %d kills, %d events, %d acknowledged, 0 lost, %d duplicates, in %d s%n",
                SEED,
                kills,
                log.events(),
                ledger.acknowledged(),
                log.duplicates(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private void killUnderLoad() throws InterruptedException {
        try (Connection connection = Connection.to(server.address())) {
            load.begin(connection);
            ledger.pass(random.nextInt(LOAD_MILLIS));
            kill();
            load.awaitEnd();
        }
    }

    private void kill() {
        server.child().kill();
        assertThat(server.child().awaitExit(EXIT_BOUND)).isPresent();
        kills++;
    }

    /** Starts it again; now and then it is killed while it starts. */
    private void restart() {
        server = server.again();
        while (random.nextInt(8) == 0) {
            ledger.pass(random.nextInt(START_MILLIS));
            kill();
            server = server.again();
        }
        server.awaitReady();
    }

    private void check(Connection connection) {
        observer.enter(connection);
        long clock = log.readOn(connection, observer.token());
        assertThat(clock).as("the clock; seed %d", SEED).isGreaterThanOrEqualTo(ledger.highest());
        ledger.saw(clock);
        checkLog();
        assertThat(log.left())
                .as("who was never gone; seed %d", SEED)
                .doesNotContainKeys("alice", "bob", "carol", "dave", "observer", "listener");
    }

    private void checkLog() {
        assertThat(log.problems()).as("seed %d", SEED).isEmpty();
        assertThat(ledger.problems()).as("seed %d", SEED).isEmpty();
        assertThat(ledger.lostFrom(log)).as("lost; seed %d", SEED).isEmpty();
        assertThat(listener.heardButNotIn(log))
                .as("heard, but not in the log; seed %d", SEED)
                .isEmpty();
    }

    /** All participants finish their requests and leave, including those that do not come back. */
    private void bringToAnEnd(Connection connection) throws InterruptedException {
        long before = ledger.highest();
        load.begin(connection);
        await().atMost(30, SECONDS).until(() -> listener.newestHeard() > before);
        load.stop();
        load.awaitEnd();
        await().atMost(30, SECONDS).until(() -> {
            log.readOn(connection, observer.token());
            return log.joined().keySet().stream()
                    .filter(name -> !name.equals("observer"))
                    .allMatch(log.left()::containsKey);
        });
        checkLog();

        KnownLog again = new KnownLog();
        again.readOn(connection, observer.token());
        assertThat(again.problems()).as("seed %d", SEED).isEmpty();
        assertThat(again.isSameAs(log)).as("the log has changed; seed %d", SEED).isTrue();
    }
}
