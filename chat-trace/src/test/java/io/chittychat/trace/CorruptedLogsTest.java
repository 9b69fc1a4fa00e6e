package io.chittychat.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way of spoiling the logs of a right run is found, at the line that is wrong, and said once; or it is harmless. */
class CorruptedLogsTest {

    private static final Pattern VIOLATION = Pattern.compile("(?m)^  (\\S+):(\\d+)\\n((?:    .*\\n)+)");

    @TempDir
    private Path dir;

    private static Arguments spoilt(String how, Consumer<RunCopy> change, String log, int line, String words) {
        return arguments(how, change, log, line, words);
    }

    private static Arguments harmless(String how, Consumer<RunCopy> change, String words) {
        return arguments(how, change, "", 0, words);
    }

    static Stream<Arguments> linesThatAreMissing() {
        return Stream.of(
                spoilt(
                        "own message",
                        run -> run.drop("alice", 9),
                        "alice",
                        9,
                        "alice did not receive the message of alice of Lamport time 14"),
                spoilt(
                        "message of another",
                        run -> run.drop("bob", 11),
                        "bob",
                        11,
                        "bob did not receive the message of alice of Lamport time 20"),
                spoilt(
                        "two messages",
                        run -> run.drop("bob", 11).drop("bob", 11),
                        "bob",
                        11,
                        "bob did not receive the events of Lamport times 20 and 21"),
                spoilt(
                        "join",
                        run -> run.drop("bob", 6),
                        "bob",
                        6,
                        "bob did not receive the join of carol of Lamport time 10"),
                spoilt(
                        "own join",
                        run -> run.drop("carol", 4),
                        "carol",
                        5,
                        "carol did not receive the join of carol of Lamport time 10"),
                spoilt(
                        "leave",
                        run -> run.drop("carol", 19).drop("dave", 9),
                        "dave",
                        9,
                        "dave did not receive the leave of bob of Lamport time 40"),
                spoilt(
                        "expiry",
                        run -> run.drop("alice", 24),
                        "alice",
                        24,
                        "alice did not receive the leave of carol of Lamport time 41"),
                spoilt(
                        "request",
                        run -> run.drop("alice", 8),
                        "alice",
                        8,
                        "the request of alice with clock 12 is missing"),
                spoilt(
                        "reply",
                        run -> run.drop("alice", 14),
                        "alice",
                        14,
                        "the clock of alice is 23 here, but Lamport's rule gives max(21, 21) + 1 = 22"),
                harmless(
                        "notice that all was sent, which no clock shows",
                        run -> run.drop("alice", 5),
                        "Everything holds."),
                spoilt("Broadcast", run -> run.drop("bob", 3), "bob", 3, "the request of bob with clock 8 is missing"),
                spoilt(
                        "reply to Join",
                        run -> run.drop("bob", 2),
                        "bob",
                        2,
                        "the clock of bob is 8 here, but Lamport's rule gives 1 + 1 = 2; a line seems to be missing before it"),
                spoilt(
                        "request to leave",
                        run -> run.drop("bob", 20),
                        "bob",
                        20,
                        "the request of bob with clock 39 is missing"),
                spoilt(
                        "call in the service's log",
                        run -> run.drop("server", 13),
                        "server",
                        13,
                        "the log of the service has no line for the message of carol of Lamport time 27"),
                spoilt(
                        "join in all logs",
                        run -> run.dropAll("event=joined lamport=31"),
                        "dave",
                        2,
                        "nobody received its event"),
                harmless("reply to the last Leave", run -> run.drop("dave", 14).drop("dave", 13), "Everything"),
                harmless("end of the stream", run -> run.drop("bob", 22), "Everything"),
                harmless("beginning", run -> run.drop("bob", 1), "the log of bob does not begin with a Join"),
                harmless("end", run -> run.drop("carol", 19).drop("carol", 18), "Everything"),
                harmless("log", run -> run.without("carol"), "no log of carol"));
    }

    static Stream<Arguments> linesTooMany() {
        return Stream.of(
                spoilt("receipt twice", run -> run.duplicate("bob", 11), "bob", 12, "repeats line 11"),
                spoilt(
                        "receipt again later",
                        run -> run.copy("bob", 11, 14),
                        "bob",
                        15,
                        "bob received the message of alice of Lamport time 20 after an event of 24"),
                spoilt("request twice", run -> run.duplicate("alice", 12), "alice", 13, "repeats line 12"),
                spoilt("reply twice", run -> run.duplicate("alice", 14), "alice", 15, "repeats line 14"),
                spoilt("call twice", run -> run.duplicate("server", 18), "server", 19, "the time does not increase"),
                spoilt(
                        "message of a stranger",
                        run -> run.insert(
                                "bob",
                                20,
                                "kind=receive rpc=Broadcast event=published lamport=38 clock=39 from=eve sent=37 text=boo"),
                        "bob",
                        20,
                        "nobody else"),
                spoilt(
                        "message that nobody sent",
                        run -> run.insert(
                                "bob",
                                19,
                                "kind=receive rpc=Broadcast event=published lamport=35 clock=36 from=alice sent=33 text=boo"),
                        "bob",
                        19,
                        "no request of alice with clock 33 led to the message of alice of Lamport time 35"),
                spoilt(
                        "message after the own leave",
                        run -> run.insert(
                                "bob",
                                22,
                                "kind=receive rpc=Broadcast event=published lamport=44 clock=45 from=alice sent=43 text=\"It is only the two of us now.\""),
                        "bob",
                        22,
                        "bob received the message of alice of Lamport time 44, but was not in the chat then"),
                spoilt(
                        "leave that is told twice",
                        run -> run.insert(
                                "alice",
                                28,
                                "kind=receive rpc=Broadcast event=left lamport=45 clock=47 from=carol sent=0 text=\"Participant carol left Chitty-Chat at Lamport time 45\""),
                        "alice",
                        28,
                        "carol"),
                spoilt(
                        "call that nobody made",
                        run -> run.insert(
                                "server", 22, "rpc=Publish participant=alice lamport_in=44 lamport_out=45 outcome=OK"),
                        "server",
                        22,
                        "alice has no such request"),
                spoilt(
                        "expiry that nobody saw",
                        run -> run.insert("server", 22, "event=left participant=dave lamport_out=45 cause=expired"),
                        "server",
                        22,
                        "but nobody received the event"),
                spoilt(
                        "no record",
                        run -> run.lines("bob").add(9, "Exception in thread main"),
                        "bob",
                        10,
                        "is no record of a participant's log: \"Exception in thread main\""),
                harmless(
                        "blank lines", run -> run.lines("bob").addAll(5, List.of("", "  ", "\t")), "Everything holds."),
                harmless(
                        "other lines of the service",
                        run -> run.lines("server").add(5, "Hibernate: select 1"),
                        "Everything holds."));
    }

    static Stream<Arguments> linesInAnotherOrder() {
        return Stream.of(
                spoilt(
                        "two receipts",
                        run -> run.swap("bob", 11),
                        "bob",
                        12,
                        "bob received the message of alice of Lamport time 20 after an event of 21"),
                spoilt(
                        "reply before its request",
                        run -> run.move("alice", 10, 8),
                        "alice",
                        8,
                        "this is a reply to a Publish of alice, but no such request stands before it"),
                spoilt(
                        "receipt before its request",
                        run -> run.swap("alice", 8),
                        "alice",
                        9,
                        "this request of alice, with clock 12, stands behind the event of Lamport time 14, which it led to"),
                spoilt(
                        "request and receipt",
                        run -> run.swap("bob", 12),
                        "bob",
                        12,
                        "the clock of bob is 23 here, but Lamport's rule gives 21 + 1 = 22"),
                spoilt(
                        "receipt much too late",
                        run -> run.move("alice", 11, 17),
                        "alice",
                        17,
                        "bob of Lamport time 17 after an event of 27"),
                spoilt("service's lines", run -> run.swap("server", 10), "server", 11, "the time does not increase"));
    }

    static Stream<Arguments> numbersThatAreWrong() {
        return Stream.of(
                spoilt(
                        "receipt one earlier",
                        run -> run.edit("bob", 16, "lamport=27", "lamport=26"),
                        "bob",
                        16,
                        "says Lamport time 26 for the message of carol, but alice, carol and the service say 27"),
                spoilt(
                        "receipt one later",
                        run -> run.edit("bob", 16, "lamport=27", "lamport=28"),
                        "bob",
                        16,
                        "says Lamport time 28 for the message of carol, but alice, carol and the service say 27"),
                spoilt(
                        "receipt much later",
                        run -> run.edit("bob", 16, "lamport=27", "lamport=99"),
                        "bob",
                        16,
                        "says Lamport time 99"),
                spoilt(
                        "receipt before all others",
                        run -> run.edit("bob", 16, "lamport=27", "lamport=3"),
                        "bob",
                        16,
                        "says Lamport time 3"),
                spoilt(
                        "two events at one time",
                        run -> run.edit("bob", 12, "lamport=21", "lamport=20"),
                        "bob",
                        12,
                        "says Lamport time 20"),
                spoilt(
                        "own message",
                        run -> run.edit("alice", 13, "lamport=20", "lamport=19"),
                        "alice",
                        13,
                        "says Lamport time 19"),
                spoilt(
                        "join",
                        run -> run.edit("alice", 21, "lamport=31", "lamport=32"),
                        "alice",
                        21,
                        "says Lamport time 32 for the join of dave"),
                spoilt(
                        "leave",
                        run -> run.edit("alice", 23, "lamport=40", "lamport=39"),
                        "alice",
                        23,
                        "says Lamport time 39 for the leave of bob"),
                spoilt(
                        "reply one earlier",
                        run -> run.edit("alice", 14, "lamport=20", "lamport=19"),
                        "alice",
                        14,
                        "says Lamport time 19"),
                spoilt(
                        "reply one later",
                        run -> run.edit("alice", 14, "lamport=20", "lamport=21"),
                        "alice",
                        14,
                        "says Lamport time 21"),
                spoilt(
                        "service one earlier",
                        run -> run.edit("server", 13, "lamport_out=27", "lamport_out=26"),
                        "server",
                        13,
                        "says Lamport time 26"),
                spoilt(
                        "service one later",
                        run -> run.edit("server", 13, "lamport_out=27", "lamport_out=28"),
                        "server",
                        13,
                        "says Lamport time 28"),
                spoilt(
                        "service's request",
                        run -> run.edit("server", 13, "lamport_in=26", "lamport_in=25"),
                        "server",
                        13,
                        "the request came with"),
                spoilt("own clock too small", run -> run.edit("bob", 12, "clock=22", "clock=21"), "bob", 12, "clock"),
                spoilt(
                        "own clock too large",
                        run -> run.edit("bob", 12, "clock=22", "clock=23"),
                        "bob",
                        12,
                        "max(21, 21) + 1 = 22"),
                spoilt(
                        "own clock much too large",
                        run -> run.edit("bob", 11, "clock=21", "clock=99"),
                        "bob",
                        11,
                        "max(19, 20) + 1 = 21"),
                spoilt(
                        "clock of a request",
                        run -> run.edit("bob", 13, "clock=23", "clock=24"),
                        "bob",
                        13,
                        "22 + 1 = 23"),
                spoilt(
                        "clock of a request stands still",
                        run -> run.edit("bob", 13, "clock=23", "clock=22"),
                        "bob",
                        13,
                        "22 + 1 = 23"),
                spoilt(
                        "clock of a reply",
                        run -> run.edit("bob", 15, "clock=26", "clock=27"),
                        "bob",
                        15,
                        "max(25, 24) + 1 = 26"),
                spoilt("request's time in a copy", run -> run.edit("bob", 12, "sent=19", "sent=18"), "bob", 12, "sent"),
                spoilt(
                        "request's time after the event",
                        run -> run.edit("bob", 12, "sent=19", "sent=25"),
                        "bob",
                        12,
                        "sent"),
                spoilt(
                        "sequence of a request",
                        run -> run.edit("alice", 18, "sequence=3", "sequence=2"),
                        "alice",
                        18,
                        "sequence 2"),
                spoilt(
                        "sequence that goes back",
                        run -> run.edit("alice", 18, "sequence=3", "sequence=1"),
                        "alice",
                        18,
                        "sequence 1"),
                spoilt(
                        "sequence of a reply",
                        run -> run.edit("alice", 20, "sequence=3", "sequence=9"),
                        "alice",
                        20,
                        "request"),
                spoilt(
                        "negative",
                        run -> run.edit("bob", 12, "clock=22", "clock=-22"),
                        "bob",
                        12,
                        "'clock' is no Lamport time: -22"),
                spoilt(
                        "too large",
                        run -> run.edit("bob", 12, "clock=22", "clock=99999999999999999999"),
                        "bob",
                        12,
                        "clock"),
                harmless(
                        "wall clock that goes back",
                        run -> run.each("bob", line -> line.replace("time=2026", "time=2025")),
                        "Everything holds."));
    }

    static Stream<Arguments> wordsThatAreWrong() {
        return Stream.of(
                spoilt(
                        "author in a copy",
                        run -> run.edit("bob", 11, "from=alice", "from=carol"),
                        "bob",
                        11,
                        "says that carol wrote the message of Lamport time 20"),
                spoilt(
                        "author in the service's log",
                        run -> run.edit("server", 10, "participant=alice", "participant=bob"),
                        "server",
                        10,
                        "bob"),
                spoilt(
                        "text in one copy",
                        run -> run.edit("bob", 9, "text=\"include", "text=\"exclude"),
                        "bob",
                        9,
                        "the text is 'exclude::/etc/passwd[]', but 'include::/etc/passwd[]' was sent"),
                spoilt(
                        "text in all copies",
                        run -> run.editAll("event=published lamport=17", "include", "exclude"),
                        "bob",
                        8,
                        "bob sent the text 'include::/etc/passwd[]', but everybody received 'exclude::/etc/passwd[]'"),
                spoilt(
                        "text of the request",
                        run -> run.edit("bob", 8, "text=\"include", "text=\"exclude"),
                        "bob",
                        8,
                        "bob sent the text"),
                spoilt(
                        "text missing",
                        run -> run.edit("bob", 9, " text=\"include::/etc/passwd[]\"", ""),
                        "bob",
                        9,
                        "text"),
                spoilt(
                        "sentence of a join",
                        run -> run.edit("bob", 6, "carol joined Chitty-Chat", "carol came"),
                        "bob",
                        6,
                        "join of carol"),
                spoilt(
                        "type of an event",
                        run -> run.edit("bob", 6, "event=joined", "event=left"),
                        "bob",
                        6,
                        "join of carol"),
                spoilt(
                        "writer",
                        run -> run.edit("bob", 11, "participant=bob", "participant=eve"),
                        "bob",
                        11,
                        "is a record of eve in the log of bob"),
                spoilt(
                        "kind",
                        run -> run.edit("bob", 11, "kind=receive", "kind=dream"),
                        "bob",
                        11,
                        "unknown kind 'dream'"),
                spoilt("time", run -> run.edit("bob", 11, "time=2026", "time=yesterday"), "bob", 11, "no record"),
                spoilt("cut line", run -> run.edit("bob", 11, " event=published", " even"), "bob", 11, "no record"),
                spoilt("NUL", run -> run.edit("bob", 11, " event=published", " \0\0\0\0"), "bob", 11, "no record"),
                spoilt("epoch", run -> run.edit("bob", 2, "outcome=OK", "outcome=UNAVAILABLE"), "bob", 2, ""));
    }

    static Stream<Arguments> filesThatAreOdd() {
        return Stream.of(
                harmless("CRLF", run -> run.each("bob", line -> line + "\r"), "Everything holds."),
                harmless("byte order mark", run -> run.edit("bob", 1, "time=", "\ufefftime="), "Everything holds."),
                harmless(
                        "byte order mark in the service's log",
                        run -> run.edit("server", 1, "2026", "\ufeff2026")
                                .drop("server", 1)
                                .edit("server", 1, "time=", "\ufefftime="),
                        "Everything holds."),
                harmless("names of files", run -> run.rename("bob", "lab1/group 7.txt"), "Everything holds."),
                harmless(
                        "two logs in one file",
                        run -> {
                            run.lines("alice").addAll(run.lines("bob"));
                            run.without("bob");
                        },
                        "Everything holds."),
                harmless(
                        "all logs in one file",
                        run -> {
                            for (String name : List.of("bob", "carol", "dave", "server")) {
                                run.lines("alice").addAll(run.lines(name));
                                run.without(name);
                            }
                            java.util.Collections.sort(run.lines("alice"));
                        },
                        "Everything holds."),
                harmless(
                        "docker compose",
                        run -> List.of("alice", "server")
                                .forEach(name -> run.each(name, line -> name + "-1  | " + line)),
                        "Everything holds."),
                harmless("more keys", run -> run.each("bob", line -> line + " thread=main"), "Everything holds."));
    }

    /** A byte of Latin-1, and a last line that was cut: nothing else is said of them. */
    @Test
    void bytesThatAreNotUtf8AreFoundOnce() throws IOException {
        new RunCopy().edit("bob", 9, "text=\"include", "text=\"\u00e9nclude").writeTo(dir);
        Path log = dir.resolve(RunCopy.fileOf("bob"));
        Files.write(
                log,
                new String(Files.readAllBytes(log), ISO_8859_1)
                        .replace("\u00c3\u00a9nclude", "\u00e9nclude")
                        .getBytes(ISO_8859_1));
        isFoundOnceAtItsLine("not UTF-8", run -> {}, "bob", 9, "this line is not in UTF-8");
    }

    @Test
    void lastLineThatIsCutIsANote() throws IOException {
        new RunCopy().writeTo(dir);
        Path log = dir.resolve(RunCopy.fileOf("carol"));
        String whole = Files.readString(log);
        Files.writeString(log, whole.substring(0, whole.length() - 20));
        isFoundOnceAtItsLine("cut", run -> {}, "", 0, "participant-carol.log:19: the last line has no end");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "linesThatAreMissing",
        "linesTooMany",
        "linesInAnotherOrder",
        "numbersThatAreWrong",
        "wordsThatAreWrong",
        "filesThatAreOdd"
    })
    void isFoundOnceAtItsLine(String how, Consumer<RunCopy> change, String log, int line, String words)
            throws IOException {
        if (!Files.exists(dir.resolve("server.out"))) {
            RunCopy run = new RunCopy();
            change.accept(run);
            run.writeTo(dir);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        int code = TraceCommand.run(List.of(dir.toString()), print, print);
        String said = out.toString(UTF_8);
        if (log.isEmpty()) {
            assertThat(said.replaceAll("\\s+", " ")).contains(words);
            assertThat(code).as(said).isZero();
            return;
        }
        List<MatchResult> found = VIOLATION.matcher(said).results().toList();
        assertThat(found).as(said.replaceAll("(?s)^.*result\n", "")).hasSize(1);
        assertThat(found.get(0).group(1)).as(said).endsWith(RunCopy.fileOf(log));
        assertThat(found.get(0).group(2)).as(said).isEqualTo(String.valueOf(line));
        assertThat(found.get(0).group(3).strip().replaceAll("\\s+", " ")).contains(words);
        assertThat(code).isEqualTo(1);
    }
}
