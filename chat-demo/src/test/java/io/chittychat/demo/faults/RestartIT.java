package io.chittychat.demo.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.demo.process.ParticipantProcess;
import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Workspace;
import io.chittychat.error.ErrorReason;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is stopped politely and started again on its store, with real clients. */
@Timeout(120)
class RestartIT {

    private static final Duration EXIT_BOUND = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration ANNOUNCED = Duration.ofMillis(500); // it says that it is ready, and we read it
    private static final int MANY = 1_000_000;

    private final Ledger ledger = new Ledger();
    private final Participant observer = new Participant("observer", ledger);

    @TempDir
    private Path dir;

    private Workspace workspace;
    private Children children;
    private Programs programs;
    private ServerProcess server;

    @BeforeEach
    void open() {
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
        programs = ProgramsUnderTest.get();
    }

    @AfterEach
    void close() {
        children.close();
        workspace.close();
        assertThat(ledger.problems()).isEmpty();
    }

    @Test
    void clientsResumeWithoutAGapAndSaySo() {
        start("--chitty.session.resume-window=1m"); // nobody leaves, however slow the machine is
        ParticipantProcess alice = participant("alice");
        ParticipantProcess bob = participant("bob");
        alice.type("say before");
        bob.awaitEvent(alice.awaitPublished("before").lamport());
        enter();

        restart();
        enter(); // the same session, in the same epoch
        for (ParticipantProcess participant : List.of(alice, bob)) {
            await().atMost(20, SECONDS)
                    .until(() -> participant.child().output().contains("Connected again; nothing was missed."));
        }
        alice.type("say after");
        long after = alice.awaitPublished("after").lamport();
        bob.awaitEvent(after);

        List<Event> log = events();
        assertThat(log).extracting(Event::getType).doesNotContain(EventType.EVENT_TYPE_LEFT);
        assertThat(heard(alice)).isEqualTo(times(log, "alice"));
        assertThat(heard(bob)).isEqualTo(times(log, "bob"));
        assertThat(alice.quit()).isEqualTo(OptionalInt.of(0));
        assertThat(bob.quit()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void whoDoesNotComeBackLeavesOnceAfterAWindowThatBeginsWhenTheServiceIsReady() {
        start("--chitty.session.resume-window=" + WINDOW.toMillis() + "ms");
        enter();
        try (Connection connection = Connection.to(server.address())) {
            new Participant("ghost", ledger).enter(connection);
        }
        restart();
        Instant ready = Instant.now();
        enter();
        await().atMost(20, SECONDS).until(() -> !leaves().isEmpty());

        assertThat(leaves()).extracting(Event::getParticipant).containsExactly("ghost");
        Instant left = Instant.ofEpochSecond(
                leaves().get(0).getRecordedAt().getSeconds(),
                leaves().get(0).getRecordedAt().getNanos());
        assertThat(left).isAfter(ready.plus(WINDOW).minus(ANNOUNCED));
        restart();
        enter();
        assertThat(leaves()).hasSize(1);
    }

    @Test
    void thousandPublishesSentAgainAfterACutAndARestartAreSaidOnce() {
        start();
        enter();
        Participant alice = new Participant("alice", ledger);
        assertThat(sendThousand(alice)).containsOnly(Optional.empty());
        assertThat(sendThousand(alice)).containsExactlyElementsOf(forgottenAndRemembered());
        restart();
        enter();
        assertThat(sendThousand(alice)).containsExactlyElementsOf(forgottenAndRemembered());

        List<Event> events = new ArrayList<>(events(0));
        events.addAll(events(events.get(events.size() - 1).getLamportTime()));
        assertThat(events)
                .filteredOn(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                .extracting(Event::getSequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1000).boxed().toList());
    }

    private static List<Optional<ErrorReason>> forgottenAndRemembered() {
        List<Optional<ErrorReason>> replies = new ArrayList<>();
        replies.addAll(Collections.nCopies(744, Optional.of(ErrorReason.SEQUENCE_FORGOTTEN)));
        replies.addAll(Collections.nCopies(256, Optional.empty()));
        return replies;
    }

    /** Sends sequences 1 to 1,000 on a connection and a PublishStream of their own. Returns why they were refused, if they were. */
    private List<Optional<ErrorReason>> sendThousand(Participant participant) {
        List<Optional<ErrorReason>> replies = Collections.synchronizedList(new ArrayList<>());
        try (Connection connection = Connection.to(server.address())) {
            participant.enter(connection);
            StreamObserver<PublishRequest> requests = connection.streams().publishStream(new StreamObserver<>() {
                @Override
                public void onNext(PublishResponse response) {
                    replies.add(response.hasError() ? ErrorReason.of(response.getError()) : Optional.empty());
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {}
            });
            for (int sequence = 1; sequence <= 1000; sequence++) {
                requests.onNext(participant.message(sequence));
            }
            await().atMost(20, SECONDS).until(() -> replies.size() == 1000);
        }
        return List.copyOf(replies);
    }

    @Test
    void secondServerOnOneStoreRefusesToStartAndSaysWhy() {
        start();
        try (Workspace second = Workspace.open(dir.resolve("second"))) {
            ServerProcess intruder = programs.startServer(children, second, List.of("--chitty.store.file=" + store()));
            OptionalInt exitCode = intruder.child().awaitExit(Duration.ofSeconds(40));

            assertThat(exitCode).isPresent().isNotEqualTo(OptionalInt.of(0));
            assertThat(intruder.child().output())
                    .containsOnlyOnce("another server uses the store " + store())
                    .doesNotContain("\tat ");
        }
        enter();
        assertThat(events()).hasSize(1);
    }

    /** The figures are printed, not judged: this machine may be busy. */
    @Test
    void millionEventsAreReadyToBeRead() throws IOException, SQLException, InterruptedException {
        long begin = System.nanoTime();
        start();
        report("an empty store", begin);
        assertThat(server.stop(EXIT_BOUND)).isPresent();
        KnownStore.write(store(), MANY);

        begin = System.nanoTime();
        server = server.again().awaitReady();
        report("a store of %,d events, %,d MB".formatted(MANY, Files.size(store()) >> 20), begin);
        enter();
        assertThat(observer.joinedAt()).isEqualTo(MANY + 3);
        assertThat(events(0)).hasSize(1000);
        assertThat(events(MANY - 100))
                .extracting(Event::getLamportTime)
                .startsWith(MANY - 99L)
                .endsWith(MANY + 3L);
    }

    private void report(String what, long begin) throws IOException, InterruptedException {
        Duration start = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf(
                "RestartIT: start on %s: %d ms, %s, live heap %s%n", what, start.toMillis(), residentMemory(), heap());
    }

    private String residentMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(server.child().pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("VmRSS unknown")
                .replaceAll("\\s+", " ");
    }

    /** Bytes, from the last line of a histogram that collects garbage first. */
    private String heap() {
        ChildProcess jcmd = children.start(
                "jcmd",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server.child().pid()),
                        "GC.class_histogram"),
                dir,
                workspace.output("jcmd"));
        jcmd.awaitExit(EXIT_BOUND);
        return String.join("", jcmd.tail(1)).replaceAll("\\s+", " ");
    }

    private Path store() {
        return workspace.dir().resolve("data").resolve("chitty.db");
    }

    private void start(String... settings) {
        server = programs.startServer(children, workspace, List.of(settings)).awaitReady();
    }

    private void restart() {
        assertThat(server.stop(EXIT_BOUND)).isPresent();
        server = server.again().awaitReady();
    }

    private ParticipantProcess participant(String name) {
        ParticipantProcess participant =
                ParticipantProcess.start(name, children, programs, workspace, server.address());
        participant.join();
        return participant;
    }

    private void enter() {
        try (Connection connection = Connection.to(server.address())) {
            observer.enter(connection);
        }
    }

    private List<Event> events() {
        return events(0);
    }

    private List<Event> events(long after) {
        try (Connection connection = Connection.to(server.address())) {
            return connection
                    .calls()
                    .listEvents(ListEventsRequest.newBuilder()
                            .setSessionToken(observer.token())
                            .setAfterLamportTime(after)
                            .setPageSize(1000)
                            .build())
                    .getEventsList();
        }
    }

    private List<Event> leaves() {
        return events().stream()
                .filter(event -> event.getType() == EventType.EVENT_TYPE_LEFT)
                .toList();
    }

    /** Lamport times of the events that a participant must receive: all from its own join on. */
    private static List<Long> times(List<Event> log, String name) {
        return log.stream()
                .dropWhile(event -> !event.getParticipant().equals(name))
                .map(Event::getLamportTime)
                .toList();
    }

    private static List<Long> heard(ParticipantProcess participant) {
        return participant.log().records().stream()
                .filter(LogRecord::isEvent)
                .map(LogRecord::lamport)
                .toList();
    }
}
