package io.chittychat.trace.spacetime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.log.RotatedLog;
import io.chittychat.trace.spacetime.Lifeline.Ending;
import io.chittychat.trace.spacetime.Lifeline.Presence;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The drawn part of a conversation. */
class SpaceTimeBuilderTest {

    private static final Map<String, String> LOGS = Map.of("alice", """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=2 clock=3
            kind=send rpc=Broadcast clock=4 after=0
            kind=receive rpc=Broadcast event=joined lamport=2 clock=5 from=alice sent=1 text="Participant alice joined Chitty-Chat at Lamport time 2"
            kind=receive rpc=Broadcast event=joined lamport=6 clock=7 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            kind=send rpc=Publish clock=8 sequence=1 text=hi
            kind=receive rpc=Broadcast event=published lamport=10 clock=11 from=alice sent=8 text=hi
            kind=reply rpc=Publish outcome=OK lamport=10 clock=12 sequence=1
            kind=end rpc=Broadcast outcome=UNAVAILABLE clock=12
            kind=send rpc=Broadcast clock=13 after=10
            kind=receive rpc=Broadcast event=left lamport=14 clock=15 from=bob sent=0 text="Participant bob left Chitty-Chat at Lamport time 14"
            kind=send rpc=Leave clock=16
            kind=reply rpc=Leave outcome=OK lamport=17 clock=18
            """, "bob", """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=6 clock=7
            kind=send rpc=Broadcast clock=8 after=0
            kind=receive rpc=Broadcast event=joined lamport=6 clock=9 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            kind=receive rpc=Broadcast event=published lamport=10 clock=11 from=alice sent=8 text=hi
            """);

    @Test
    void everyMessageIsThereAndSentBeforeItIsReceived() {
        SpaceTime drawn = built(Selection.WHOLE);

        assertThat(drawn.messages()).allMatch(message -> message.from() < message.to());
        assertThat(count(drawn, Message.Kind.REQUEST)).isEqualTo(4);
        assertThat(count(drawn, Message.Kind.REPLY)).isEqualTo(4);
        assertThat(count(drawn, Message.Kind.BROADCAST)).isEqualTo(6);
        assertThat(drawn.window()).isEqualTo(new SpaceTime.Window(2, 17, 2, 17));
    }

    @Test
    void staysEndAsTheyDid() {
        SpaceTime drawn = built(Selection.WHOLE);

        assertThat(drawn.lifelines()).extracting(Lifeline::name).containsExactly("Chitty-Chat", "alice", "bob");
        assertThat(drawn.lifelines().get(1).presences()).containsExactly(new Presence(2, 17, Ending.LEFT));
        assertThat(drawn.lifelines().get(2).presences()).containsExactly(new Presence(6, 14, Ending.CRASHED));
        assertThat(steps(drawn, 2)).endsWith(Step.Kind.RECEIPT, Step.Kind.CRASH);
    }

    @Test
    void everyProcessHasItsOwnOrder() {
        SpaceTime drawn = built(Selection.WHOLE);

        assertThat(steps(drawn, 0))
                .containsExactly(
                        Step.Kind.JOINED, Step.Kind.JOINED, Step.Kind.PUBLISHED, Step.Kind.LEFT, Step.Kind.LEFT);
        assertThat(drawn.steps().stream().filter(step -> step.lifeline() == 1))
                .extracting(Step::time)
                .containsExactly(1L, 3L, 4L, 5L, 7L, 8L, 11L, 12L, 12L, 13L, 15L, 16L, 18L);
    }

    @Test
    void windowHasItsEventsAndWhatBelongsToThem() {
        SpaceTime drawn = built(new Selection(OptionalLong.of(8), OptionalLong.of(10), Set.of()));

        assertThat(steps(drawn, 0)).containsExactly(Step.Kind.PUBLISHED);
        assertThat(count(drawn, Message.Kind.BROADCAST)).isEqualTo(2);
        assertThat(drawn.window()).isEqualTo(new SpaceTime.Window(8, 10, 2, 17));
    }

    @Test
    void onlyThoseWhoAreWantedAreDrawn() {
        SpaceTime drawn = built(new Selection(OptionalLong.empty(), OptionalLong.empty(), Set.of("bob")));

        assertThat(drawn.lifelines()).extracting(Lifeline::name).containsExactly("Chitty-Chat", "bob");
        assertThat(count(drawn, Message.Kind.BROADCAST)).isEqualTo(2);
    }

    /** A request on a lost line may have arrived; a refused one has. */
    @Test
    void noAnswerIsNoRefusal() {
        assertThat(steps(
                        built(
                                Selection.WHOLE,
                                with("kind=send rpc=Publish clock=19 sequence=2 text=lost\n"
                                        + "kind=reply rpc=Publish outcome=UNAVAILABLE clock=19 sequence=2\n")),
                        1))
                .endsWith(Step.Kind.NO_ANSWER)
                .doesNotContain(Step.Kind.REFUSAL);
        assertThat(steps(
                        built(
                                Selection.WHOLE,
                                with(
                                        "kind=send rpc=Publish clock=19 sequence=2 text=lost\n"
                                                + "kind=reply rpc=Publish outcome=UNAVAILABLE reason=SHUTTING_DOWN clock=19 sequence=2\n")),
                        1))
                .endsWith(Step.Kind.REFUSAL)
                .doesNotContain(Step.Kind.NO_ANSWER);
        assertThat(steps(
                        built(
                                Selection.WHOLE,
                                with("kind=send rpc=Publish clock=19 sequence=2 text=\n"
                                        + "kind=reply rpc=Publish outcome=INVALID_ARGUMENT clock=19 sequence=2\n")),
                        1))
                .endsWith(Step.Kind.REFUSAL);
    }

    /** The conversation, where alice does not leave and does this instead. */
    private static Map<String, String> with(String lines) {
        Map<String, String> logs = new LinkedHashMap<>(LOGS);
        logs.computeIfPresent("alice", (name, log) -> log.substring(0, log.indexOf("kind=send rpc=Leave")) + lines);
        return logs;
    }

    private static long count(SpaceTime drawn, Message.Kind kind) {
        return drawn.messages().stream()
                .filter(message -> message.kind() == kind)
                .count();
    }

    private static List<Step.Kind> steps(SpaceTime drawn, int lifeline) {
        return drawn.steps().stream()
                .filter(step -> step.lifeline() == lifeline)
                .map(Step::kind)
                .toList();
    }

    private static SpaceTime built(Selection window) {
        return built(window, LOGS);
    }

    private static SpaceTime built(Selection window, Map<String, String> logs) {
        Map<String, RotatedLog> files = new LinkedHashMap<>();
        logs.keySet().stream().sorted().forEach(name -> {
            Path file = Path.of(name);
            files.put(name, new RotatedLog(file, List.of(file)));
        });
        SpaceTimeBuilder builder = new SpaceTimeBuilder(window);
        SideBySide.check(
                new LogSet(
                        files,
                        List.of(),
                        Optional.empty(),
                        file -> new ByteArrayInputStream(
                                log(logs, file.toString()).getBytes(UTF_8))),
                builder,
                100);
        return builder.build(files.keySet());
    }

    private static String log(Map<String, String> logs, String name) {
        return logs.getOrDefault(name, "")
                .replace("kind=", "time=2026-11-21T10:50:39.123Z participant=" + name + " kind=");
    }
}
