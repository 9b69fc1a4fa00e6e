package io.chittychat.trace.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.log.RotatedLog;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A message becomes one event, however often it was sent, and only participants in the chat publish: even few logs show it. */
class OnceTest {

    private static final String JOINED = """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=2 clock=3
            kind=send rpc=Broadcast clock=4 after=0
            kind=receive rpc=Broadcast event=joined lamport=2 clock=5 from=X sent=1 text="Participant X joined Chitty-Chat at Lamport time 2"
            """;

    private static final String SENT_TWICE = JOINED + """
            kind=send rpc=Publish clock=6 sequence=1 text=hello
            kind=reply rpc=Publish outcome=UNAVAILABLE clock=6 sequence=1
            kind=send rpc=Publish clock=7 sequence=1 text=hello
            """;

    @Test
    void aMessageThatIsSentTwiceAndSaidOnceIsRight() {
        assertThat(violations(Map.of("X", SENT_TWICE + said(9, 10, 7) + answered(9, 11))))
                .isEmpty();
        assertThat(violations(Map.of("X", SENT_TWICE + said(8, 9, 6) + answered(8, 10))))
                .isEmpty();
    }

    @Test
    void aMessageThatIsSentTwiceAndSaidTwiceIsFound() {
        assertThat(violations(Map.of("X", SENT_TWICE + said(8, 9, 6) + said(9, 10, 7) + answered(9, 11))))
                .containsExactly(once(9, 7, 8));
        assertThat(violations(Map.of("X", SENT_TWICE + said(8, 9, 7) + said(9, 10, 6) + answered(8, 11))))
                .containsExactly(once(9, 6, 8));
    }

    @Test
    void itIsFoundAfterTheAnswer() {
        assertThat(violations(Map.of("X", SENT_TWICE + said(8, 9, 7) + answered(8, 10) + said(11, 12, 6))))
                .containsExactly(once(11, 6, 8));
    }

    @Test
    void itIsFoundInTheLogOfAnother() {
        assertThat(violations(Map.of("X", JOINED + joined(6, 7) + spoken(8, 9, 7) + spoken(10, 11, 7))))
                .containsExactly(
                        "this repeats the message of Y: its request, with clock 7, already became the event of Lamport time 8");
        assertThat(violations(Map.of("X", JOINED + joined(6, 7) + spoken(8, 9, 7) + spoken(10, 11, 9))))
                .isEmpty();
    }

    @Test
    void aMessageBeforeItsAuthorsJoinIsFound() {
        assertThat(violations(Map.of("X", JOINED + spoken(6, 7, 5) + joined(8, 9))))
                .containsExactly(
                        "this is the join of Y, who published at Lamport time 6 already and has not left since");
    }

    /** Y was there before X, left and came again. */
    @Test
    void whoSpokeAndLeftMayJoin() {
        String left = "kind=receive rpc=Broadcast event=left lamport=8 clock=9 from=Y sent=0"
                + " text=\"Participant Y left Chitty-Chat at Lamport time 8\"\n";
        assertThat(violations(Map.of("X", JOINED + spoken(6, 7, 5) + left + joined(10, 11))))
                .isEmpty();
    }

    private static String once(long lamport, long sent, long before) {
        assertThat(lamport).isNotEqualTo(before);
        return "this repeats the message of X: the request of X with clock %d already became the event of Lamport time %d"
                .formatted(sent, before);
    }

    private static String said(long lamport, long clock, long sent) {
        return "kind=receive rpc=Broadcast event=published lamport=%d clock=%d from=X sent=%d text=hello%n"
                .formatted(lamport, clock, sent);
    }

    private static String answered(long lamport, long clock) {
        return "kind=reply rpc=Publish outcome=OK lamport=%d clock=%d sequence=1%n".formatted(lamport, clock);
    }

    private static String spoken(long lamport, long clock, long sent) {
        return said(lamport, clock, sent).replace("from=X", "from=Y");
    }

    private static String joined(long lamport, long clock) {
        return ("kind=receive rpc=Broadcast event=joined lamport=%d clock=%d from=Y sent=1"
                        + " text=\"Participant Y joined Chitty-Chat at Lamport time %d\"%n")
                .formatted(lamport, clock, lamport);
    }

    private static List<String> violations(Map<String, String> logs) {
        Map<String, RotatedLog> files = new LinkedHashMap<>();
        logs.keySet().forEach(name -> files.put(name, new RotatedLog(Path.of(name), List.of(Path.of(name)))));
        LogSet set = new LogSet(
                files,
                List.of(),
                Optional.empty(),
                file -> new ByteArrayInputStream(logs.getOrDefault(file.toString(), "")
                        .replace("kind=", "time=2026-11-21T10:50:39.123Z participant=" + file + " kind=")
                        .getBytes(UTF_8)));
        return SideBySide.check(set, TraceListener.NONE, 100).verdicts().stream()
                .flatMap(verdict -> verdict.violations().stream())
                .map(Violation::what)
                .toList();
    }
}
