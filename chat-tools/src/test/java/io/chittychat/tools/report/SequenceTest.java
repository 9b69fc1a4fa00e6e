package io.chittychat.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.tools.process.Home;
import io.chittychat.tools.trace.ParticipantLog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceTest {

    private final Sequence sequence = Sequence.of(SampleRun.read());

    @Test
    void everyTimeOfTheRunIsAccountedFor() {
        assertThat(sequence.within(new Sequence.Window(0, Long.MAX_VALUE)))
                .hasSizeGreaterThan(80)
                .allSatisfy(step -> assertThat(step.computation()).endsWith(" = " + step.time()));
    }

    @Test
    void theTalkHasTheMessagesOfWhichNeitherAuthorKnew() {
        assertThat(sequence.hasConcurrentMessages()).isTrue();
        assertThat(sequence.within(sequence.talk()))
                .extracting(Sequence.Step::who, Sequence.Step::what, Sequence.Step::computation)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "service", "orders Publish of alice", "max(17, 19) + 1 = 20"),
                        org.assertj.core.groups.Tuple.tuple(
                                "service", "orders Publish of carol", "max(20, 19) + 1 = 21"));
    }

    @Test
    void theFarewellHasTheSessionThatExpired() {
        assertThat(sequence.within(sequence.farewell()))
                .anyMatch(step -> step.what().equals("orders left of carol, whose session has expired"));
    }

    @Test
    void aTimeThatIsNotAsComputedIsSaid() {
        String log = "time=2026-11-21T10:00:00.007Z participant=a kind=send rpc=Join clock=1\n"
                + "time=2026-11-21T10:00:00.008Z participant=a kind=reply rpc=Join outcome=OK lamport=5 clock=9\n";
        Path file = Path.of("participant-a.log");
        Run wrong = new Run(
                List.of(ParticipantLog.parse(file, log)),
                List.of(new RunLog(file, log.lines().toList())),
                new RunLog(Path.of("server.out"), List.of()));

        assertThat(Sequence.of(wrong).within(new Sequence.Window(9, 9)))
                .singleElement()
                .satisfies(step -> assertThat(step.computation()).isEqualTo("max(1, 5) + 1 = 6, but 9 is logged"));
    }

    @Test
    void codeIsTakenFromTheCheckoutWithItsPlace() {
        Path file = Path.of("chat-api", "src", "main", "java", "io", "chittychat", "time", "LamportClock.java");

        SourceExcerpt excerpt = SourceExcerpt.method(Home.dir(), file, "witness");

        assertThat(excerpt.lines())
                .startsWith("public long witness(long received) {")
                .endsWith("}");
        assertThat(RunLog.read(Home.dir().resolve(file)).line(excerpt.first())).contains("public long witness(");
    }
}
