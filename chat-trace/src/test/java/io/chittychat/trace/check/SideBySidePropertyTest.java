package io.chittychat.trace.check;

import static io.chittychat.property.Property.forAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.property.Draw;
import io.chittychat.trace.log.RotatedLog;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A correct conversation has no violation in any selection of its logs, and any change of a log is a violation there. */
class SideBySidePropertyTest {

    @Test
    void rightConversationViolatesNothing() {
        record Chat(long seed, int people, int steps) {}
        forAll(
                300,
                draw -> new Chat(draw.seed(), draw.between(1, 6), draw.times(10, 1_500)),
                chat -> assertThat(violations(played(chat.seed(), chat.people(), chat.steps())))
                        .isEmpty());
    }

    @Test
    void anySubsetOfTheLogsViolatesNothing() {
        record Kept(long seed, int logs) {}
        forAll(200, draw -> new Kept(draw.seed(), draw.between(0, 31)), kept -> {
            Map<String, String> logs = played(kept.seed(), 4, 800);
            int bit = 0;
            for (String name : List.copyOf(logs.keySet())) {
                if ((kept.logs() >> bit++ & 1) == 0) {
                    logs.remove(name);
                }
            }
            assertThat(violations(logs)).isEmpty();
        });
    }

    @Test
    void droppedEventIsNoticed() {
        forAll(200, Draw::seed, SideBySidePropertyTest::dropAndFind);
    }

    /** Nothing but that receipt came before the stream broke, and the next one reads on behind it. */
    @Test
    void droppedOwnJoinIsNoticed() {
        dropAndFind(10650);
    }

    /** The receipt was the only one between a reconnection and the reply to a Leave; later events follow it. */
    @Test
    void droppedReceiptBeforeTheReplyToALeaveIsNoticed() {
        dropAndFind(-6973344169676877913L);
    }

    private static void dropAndFind(long seed) {
        Map<String, String> logs = played(seed, 4, 800);
        String name = people(logs).get(0);
        List<String> lines = new ArrayList<>(logs.getOrDefault(name, "").lines().toList());
        int last = lastReceipt(lines);
        List<Integer> places = new ArrayList<>();
        for (int i = 1; i < last; i++) {
            if (lines.get(i).contains("kind=receive")) {
                places.add(i);
            }
        }
        if (places.isEmpty()) {
            return;
        }
        int at = places.get(new Random(seed).nextInt(places.size()));
        lines.remove(at);
        logs.put(name, String.join("\n", lines) + "\n");

        assertThat(violations(logs)).anySatisfy(violation -> {
            assertThat(violation.file()).isEqualTo(Path.of("log-" + name));
            assertThat(violation.line()).isGreaterThan(at);
        });
    }

    private static int lastReceipt(List<String> lines) {
        int last = lines.size() - 1;
        while (last > 0 && !lines.get(last).contains("kind=receive")) {
            last--;
        }
        return last;
    }

    @Test
    void repeatedLineIsNoticed() {
        spoilAndFind((lines, at) -> lines.add(at + 1, lines.get(at)));
    }

    @Test
    void swappedLinesAreNoticed() {
        spoilAndFind((lines, at) -> lines.set(at, lines.set(at + 1, lines.get(at))));
    }

    @Test
    void changedClockIsNoticed() {
        spoilAndFind((lines, at) -> lines.set(at, lines.get(at).replaceFirst(" clock=([0-9]*)", " clock=$11")));
    }

    private interface Spoiler {
        void spoil(List<String> lines, int at);
    }

    private static void spoilAndFind(Spoiler spoiler) {
        forAll(200, Draw::seed, seed -> spoilAndFind(seed, spoiler));
    }

    /** Spoils a line that moves its writer's clock, with others after it. */
    private static void spoilAndFind(long seed, Spoiler spoiler) {
        Map<String, String> logs = played(seed, 4, 800);
        Random random = new Random(seed);
        String name =
                new ArrayList<>(people(logs)).get(random.nextInt(people(logs).size()));
        List<String> lines = new ArrayList<>(logs.getOrDefault(name, "").lines().toList());
        List<Integer> places = new ArrayList<>();
        for (int i = 1; i < lines.size() - 1; i++) {
            if (movesClock(lines.get(i))
                    && movesClock(lines.get(i + 1))
                    && !lines.get(i + 1).contains("rpc=Join")) {
                places.add(i);
            }
        }
        if (places.isEmpty()) {
            return;
        }
        int at = places.get(random.nextInt(places.size()));
        spoiler.spoil(lines, at);
        logs.put(name, String.join("\n", lines) + "\n");

        assertThat(violations(logs)).anySatisfy(violation -> {
            assertThat(violation.file()).isEqualTo(Path.of("log-" + name));
            assertThat(violation.line()).isBetween(at + 1, at + 2);
        });
    }

    private static boolean movesClock(String line) {
        return line.contains("kind=send") || line.contains(" lamport=");
    }

    private static List<String> people(Map<String, String> logs) {
        return logs.keySet().stream().filter(name -> !name.isEmpty()).toList();
    }

    private static Map<String, String> played(long seed, int people, int steps) {
        Map<String, StringBuilder> written = new LinkedHashMap<>();
        new SimulatedChat(seed, people, name -> written.computeIfAbsent(name, same -> new StringBuilder())).play(steps);
        Map<String, String> logs = new LinkedHashMap<>();
        written.forEach((name, log) -> logs.put(name, log.toString()));
        return logs;
    }

    private static List<Violation> violations(Map<String, String> logs) {
        Map<String, RotatedLog> files = new LinkedHashMap<>();
        people(logs).forEach(name -> files.put(name, file(name)));
        LogSet set = new LogSet(
                files,
                logs.containsKey("") ? List.of(file("")) : List.of(),
                Optional.empty(),
                part -> new ByteArrayInputStream(
                        logs.getOrDefault(part.toString().substring("log-".length()), "")
                                .getBytes(UTF_8)));
        return SideBySide.check(set, TraceListener.NONE, 1_000).verdicts().stream()
                .flatMap(verdict -> verdict.violations().stream())
                .toList();
    }

    private static RotatedLog file(String name) {
        Path file = Path.of("log-" + name);
        return new RotatedLog(file, List.of(file));
    }
}
