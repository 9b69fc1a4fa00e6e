package io.chittychat.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of other programs are read as docs/foreign-logs.md says, whose examples are tried. */
class ForeignLogsTest {

    private static final Path PAGE = Path.of("..", "docs", "foreign-logs.md");
    private static final String PYTHON = "INFO:(?<participant>\\w+):\\[(?<lamport>\\d+)\\] (?<from>\\w+)";

    @TempDir
    private Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private record Example(List<String> lines, String format) {}

    /** The example of a section: its lines, and the format below them. */
    private static Example example(String language) throws IOException {
        List<String> section = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("## " + language))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        String format = section.get(section.size() - 1);
        assertThat(format).startsWith("--format '").endsWith("'");
        return new Example(
                section.subList(0, section.size() - 1), format.substring("--format '".length(), format.length() - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Go", "Java", "Python"})
    void exampleHolds(String language) throws IOException {
        Example example = example(language);
        Path log = Files.write(dir.resolve("all.txt"), example.lines());
        assertThat(trace(log, "--format", example.format())).as(said()).isZero();
        assertThat(said())
                .contains("records in the logs of alice, bob.", "1 published")
                .endsWith("Everything in these logs holds; there was no log of the service.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Go", "Java", "Python"})
    void joinThatOneLacksIsFound(String language) throws IOException {
        Example example = example(language);
        List<String> lines = example.lines().stream()
                .filter(line ->
                        !line.matches("(?i).*(\\[alice\\] recv join .*bob|alice RECV JOIN of bob|alice:\\[3\\]).*"))
                .toList();
        assertThat(lines).hasSize(example.lines().size() - 1);
        Path log = Files.write(dir.resolve("all.txt"), lines);
        assertThat(trace(log, "--format", example.format())).as(said()).isEqualTo(1);
        assertThat(said()).contains("1 violation:", "alice did not receive the join of bob of Lamport time 3");
    }

    @Test
    void wrongClockIsFound() throws IOException {
        Example example = example("Go");
        Path log = Files.write(
                dir.resolve("all.txt"),
                example.lines().stream()
                        .map(line -> line.replace("lamport=3 clock=4 from=bob", "lamport=3 clock=3 from=bob"))
                        .map(line -> line.contains("[bob] recv join") ? line.replace("clock=3", "clock=4") : line)
                        .toList());
        assertThat(trace(log, "--format", example.format())).isEqualTo(1);
        assertThat(said()).contains("all.txt:5", "Lamport's rule gives max(3, 3) + 1 = 4", "1 violation:");
    }

    /** One stream in both directions: the event tells what a request is. */
    @Test
    void oneMethodForAllIsRead() throws IOException {
        String head = "time=2026-11-21T10:50:39Z participant=alice kind=";
        Files.writeString(dir.resolve("alice.log"), """
                send rpc=Chat event=joined clock=1
                receive rpc=Chat event=joined lamport=2 clock=3 from=alice sent=1 text="Participant alice joined Chitty-Chat at Lamport time 2"
                send rpc=Chat event=published clock=4 text=hi
                receive rpc=Chat event=published lamport=5 clock=6 from=alice sent=4 text=hi
                send rpc=Chat event=left clock=7
                """.replaceAll("(?m)^(?=.)", head));
        assertThat(trace(dir)).as(said()).isZero();
        Path log = dir.resolve("alice.log");
        Files.writeString(log, Files.readString(log).replace("sent=4", "sent=3"));
        assertThat(trace(dir)).isEqualTo(1);
        assertThat(said()).contains("the request of alice with clock 3 is missing");
    }

    @Test
    void composePrefixesAndOneFileForEachAreRead() throws IOException {
        Example example = example("Python");
        for (String name : List.of("alice", "bob")) {
            Files.write(
                    dir.resolve(name + ".log"),
                    example.lines().stream()
                            .filter(line -> line.startsWith("INFO:" + name))
                            .map(line -> name + "-1  | " + line)
                            .toList());
        }
        assertThat(trace(dir, "--format", example.format())).as(said()).isZero();
        assertThat(said()).contains("in the logs of alice, bob.");
    }

    @Test
    void whoeverALineDoesNotNameIsTheFiles() throws IOException {
        Files.writeString(dir.resolve("participant-eve.log"), "[2] eve joined\n[3] bob joined\n");
        assertThat(trace(dir, "--format", "\\[(?<lamport>\\d+)] (?<from>\\w+) (?<event>joined|left)"))
                .as(said())
                .isZero();
        assertThat(said()).contains("in the logs of eve.");
    }

    @Test
    @Timeout(60)
    void expressionThatNeverEndsIsEnded() throws IOException {
        Path log = Files.writeString(dir.resolve("a.log"), "a".repeat(2_000) + "!\n");
        assertThat(trace(log, "--format", "(?<lamport>(a+)+)$")).isEqualTo(2);
        assertThat(trace(log, "--format", "(?<lamport>(a|aa)*)b")).isEqualTo(2);
        assertThat(said()).contains("it can match in too many ways");
    }

    @Test
    void formatsThatCannotBeUsedAreRefused() throws IOException {
        Path log = Files.writeString(dir.resolve("a.log"), "x\n");
        assertThat(trace(log, "--format", "(?<lamport>")).isEqualTo(2);
        assertThat(trace(log, "--format", "(?<host>\\w+)")).isEqualTo(2);
        assertThat(trace(log, "--format", "\\d+")).isEqualTo(2);
        assertThat(trace(log, "--format", PYTHON)).isEqualTo(2);
        assertThat(said())
                .contains("this format is no regular expression", "a format has no group 'host'", "needs named groups");
    }

    @Test
    void classOfHandInsIsOneTable() throws IOException {
        RunCopy right = new RunCopy();
        right.writeTo(Files.createDirectories(dir.resolve("group 1")));
        new RunCopy().drop("bob", 11).writeTo(Files.createDirectories(dir.resolve("group 2")));
        Files.createDirectories(dir.resolve("group 3"));
        assertThat(trace(dir.resolve("group 1"), "--summary")).isZero();
        assertThat(trace(dir.resolve("group 1"), dir.resolve("group 2"), "--summary"))
                .isEqualTo(1);
        out.reset();
        assertThat(trace(dir.resolve("group 1"), dir.resolve("group 2"), dir.resolve("group 3"), "--summary"))
                .isEqualTo(2);
        assertThat(said())
                .containsPattern("group 1 +4 +17 +9 +1 +0 +holds")
                .containsPattern("group 2 +4 +17 +9 +1 +1 +VIOLATED")
                .containsPattern("group 3 .* unread\n  there is no log in ");
        assertThat(said().lines().filter(line -> line.startsWith("group"))).allMatch(line -> line.length() <= 80);
        out.reset();
        trace(dir.resolve("group 2"), "--summary", "--csv");
        assertThat(said())
                .startsWith("group,participants,service,events,messages,concurrent,violations,logs,R3,")
                .contains("group 2,4,1,17,9,1,1,holds,VIOLATED,")
                .contains("participant-bob.log:11: bob did not receive");
    }

    @Test
    void runsAreCompared() throws IOException {
        new RunCopy().writeTo(dir.resolve("one"));
        new RunCopy().writeTo(dir.resolve("two"));
        new RunCopy()
                .editAll("lamport=17", "include", "exclude")
                .edit("bob", 8, "include", "exclude")
                .writeTo(dir.resolve("three"));
        assertThat(trace("--compare", dir.resolve("one"), dir.resolve("two"))).isZero();
        assertThat(said()).contains("They are the same");
        assertThat(trace("--compare", dir.resolve("one"), dir.resolve("three"))).isEqualTo(1);
        assertThat(said())
                .contains("The first 4 events are the same. Then:")
                .contains("one: L 17 bob: include::/etc/passwd[]", "three: L 17 bob: exclude::/etc/passwd[]")
                .contains("Only in " + dir.resolve("three") + ": 1.");
        assertThat(trace("--compare", dir.resolve("one"))).isEqualTo(2);
    }

    private int trace(Object... arguments) {
        PrintStream print = new PrintStream(out, true, UTF_8);
        return TraceCommand.run(Stream.of(arguments).map(Object::toString).toList(), print, print);
    }

    private String said() {
        return out.toString(UTF_8);
    }
}
