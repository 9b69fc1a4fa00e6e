package io.chittychat.trace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.log.ParticipantRecords.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParticipantRecordsTest {

    private static final Path LOG = Path.of("participant-alice.log");
    private static final String GOOD = "time=2026-11-21T10:50:39.123Z participant=alice kind=send rpc=Join clock=1\n";

    @Test
    void missingLogIsAProblem(@TempDir Path dir) {
        ParticipantRecords log = ParticipantRecords.read(dir.resolve("nobody.log"));

        assertThat(log.records()).isEmpty();
        assertThat(log.problems()).containsExactly(new Problem(0, "there is no such log"));
    }

    @Test
    void partsThatWerePutAsideComeFirst(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("participant-alice.log");
        Files.writeString(dir.resolve("participant-alice.log.2"), GOOD);
        Files.writeString(dir.resolve("participant-alice.log.1"), GOOD.replace("clock=1", "clock=2"));
        Files.writeString(file, GOOD.replace("clock=1", "clock=3"));

        assertThat(ParticipantRecords.read(file).records())
                .extracting(LogRecord::clock)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void lineStillBeingWrittenIsNoRecordAndNoProblem() {
        ParticipantRecords log = ParticipantRecords.parse(LOG, GOOD + GOOD.strip());

        assertThat(log.records()).hasSize(1);
        assertThat(log.problems()).isEmpty();
        assertThat(log.cut()).isTrue();
    }

    @Test
    void brokenLineIsAProblemAtItsPlaceAndTheRestIsRead() {
        ParticipantRecords log = ParticipantRecords.parse(LOG, GOOD + "what?\n" + GOOD);

        assertThat(log.records()).extracting(LogRecord::line).containsExactly(1, 3);
        assertThat(log.problems()).extracting(Problem::line).containsExactly(2);
        assertThat(log.cut()).isFalse();
    }
}
