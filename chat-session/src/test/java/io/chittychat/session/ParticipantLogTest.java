package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParticipantLogTest {

    private static final String HEAD = "time=2026-11-21T10:50:39.007Z participant=alice kind=";

    @TempDir
    private Path directory;

    @Test
    void recordsAreTheContract() throws IOException {
        try (ParticipantLog log = open("alice")) {
            log.sent("Join", 1, UnaryOperator.identity());
            log.answered("Join", 2, 3, line -> line.with("epoch", "life"));
            log.sent("Broadcast", 4, line -> line.with("after", 0));
            log.received(event("bob", "a \"b\"\n\u001b[2J"), 6);
            log.caughtUp(5, 7);
            log.answered("Publish", 9, 10, line -> line.with("sequence", 1));
            log.refused("Publish", failed(ErrorReason.TEXT_TOO_LONG), 10, line -> line.with("sequence", 2));
            log.streamFailed(failed(ErrorReason.SHUTTING_DOWN), 12);
            log.streamFailed(Failure.of(Status.UNAVAILABLE.asRuntimeException()), 12);
            log.streamCompleted(13);
        }

        assertThat(Files.readAllLines(directory.resolve("participant-alice.log")))
                .containsExactly(
                        HEAD + "send rpc=Join clock=1",
                        HEAD + "reply rpc=Join outcome=OK lamport=2 clock=3 epoch=life",
                        HEAD + "send rpc=Broadcast clock=4 after=0",
                        HEAD + "receive rpc=Broadcast event=published lamport=5 clock=6 from=bob sent=3"
                                + " text=\"a \\\"b\\\"\\n\\u001b[2J\"",
                        HEAD + "receive rpc=Broadcast event=caught_up lamport=5 clock=7",
                        HEAD + "reply rpc=Publish outcome=OK lamport=9 clock=10 sequence=1",
                        HEAD + "reply rpc=Publish outcome=INVALID_ARGUMENT reason=TEXT_TOO_LONG clock=10 sequence=2",
                        HEAD + "end rpc=Broadcast outcome=UNAVAILABLE reason=SHUTTING_DOWN clock=12",
                        HEAD + "end rpc=Broadcast outcome=UNAVAILABLE clock=12",
                        HEAD + "end rpc=Broadcast outcome=OK clock=13");
    }

    @Test
    void recordsAreAppendedAndThereAtOnce() throws IOException {
        Path file = directory.resolve("participant-alice.log");
        Files.writeString(file, "before\n");

        try (ParticipantLog log = open("alice")) {
            log.streamCompleted(1);
            assertThat(Files.readAllLines(file)).hasSize(2);
        }
    }

    @Test
    void longLogIsPutAsideBetweenRecords() throws IOException {
        Path file = directory.resolve("participant-alice.log");
        try (ParticipantLog log = ParticipantLog.inDirectory(directory, Instant::now, new Rotation(200, 2))
                .open("alice", failure -> {
                    throw new AssertionError(failure);
                })) {
            for (int clock = 1; clock <= 9; clock++) {
                log.streamCompleted(clock); // 92 bytes: two a file
            }
        }

        assertThat(clocks(file)).containsExactly("9");
        assertThat(clocks(directory.resolve("participant-alice.log.1"))).containsExactly("7", "8");
        assertThat(clocks(directory.resolve("participant-alice.log.2"))).containsExactly("5", "6");
        assertThat(directory.resolve("participant-alice.log.3")).doesNotExist();
    }

    private static List<String> clocks(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceAll(".* clock=", ""))
                .toList();
    }

    @Test
    void fileNameHoldsAnyParticipant() {
        assertThat(RotatingFile.name("al.i_c-e9")).isEqualTo("participant-al.i_c-e9.log");
        assertThat(RotatingFile.name("../é x")).isEqualTo("participant-..%2F%C3%A9%20x.log");
        assertThat(RotatingFile.name("😀".repeat(32))).hasSizeLessThan(255);
        assertThat(RotatingFile.name("😀".repeat(32))).isNotEqualTo(RotatingFile.name("😀".repeat(31) + "😁"));
    }

    @Test
    void unwritableLogIsReportedOnce() {
        List<IOException> failures = new ArrayList<>();
        ParticipantLog log = new ParticipantLog(
                "alice",
                Instant::now,
                new ParticipantLog.Lines() {
                    @Override
                    public void write(String line) throws IOException {
                        throw new IOException("disk full");
                    }

                    @Override
                    public void close() {}
                },
                failures::add);

        log.streamCompleted(1);
        log.streamCompleted(2);
        log.close();

        assertThat(failures).singleElement().extracting(Throwable::getMessage).isEqualTo("disk full");
    }

    private ParticipantLog open(String participant) throws IOException {
        return ParticipantLog.inDirectory(directory, () -> Instant.parse("2026-11-21T10:50:39.007Z"), Rotation.DEFAULT)
                .open(participant, failure -> {
                    throw new AssertionError(failure);
                });
    }

    private static Failure failed(ErrorReason reason) {
        return Failure.of(FakeChatService.error(reason));
    }

    private static Event event(String participant, String text) {
        return Event.newBuilder()
                .setLamportTime(5)
                .setType(EventType.EVENT_TYPE_PUBLISHED)
                .setParticipant(participant)
                .setParticipantLamportTime(3)
                .setText(text)
                .build();
    }
}
