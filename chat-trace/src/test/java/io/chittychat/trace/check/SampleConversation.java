package io.chittychat.trace.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.trace.check.LogSet.KnownEnd;
import io.chittychat.trace.log.RotatedLog;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A conversation in which everything is right, written by hand: alice, bob and carol join, alice says hi, bob leaves,
 * carol is killed, alice says bye and leaves. Its logs can be spoiled, one at a time, before they are checked.
 */
final class SampleConversation {

    private static final String ALICE = """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=2 clock=3
            kind=send rpc=Broadcast clock=4 after=0
            kind=receive rpc=Broadcast event=joined lamport=2 clock=5 from=alice sent=1 text="Participant alice joined Chitty-Chat at Lamport time 2"
            kind=receive rpc=Broadcast event=caught_up lamport=5 clock=6
            kind=receive rpc=Broadcast event=joined lamport=6 clock=7 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            kind=receive rpc=Broadcast event=joined lamport=10 clock=11 from=carol sent=1 text="Participant carol joined Chitty-Chat at Lamport time 10"
            kind=send rpc=Publish clock=12 sequence=1 text=hi
            kind=reply rpc=Publish outcome=OK lamport=14 clock=15 sequence=1
            kind=receive rpc=Broadcast event=published lamport=14 clock=16 from=alice sent=12 text=hi
            kind=receive rpc=Broadcast event=left lamport=17 clock=18 from=bob sent=16 text="Participant bob left Chitty-Chat at Lamport time 17"
            kind=receive rpc=Broadcast event=left lamport=18 clock=19 from=carol sent=0 text="Participant carol left Chitty-Chat at Lamport time 18"
            kind=send rpc=Publish clock=20 sequence=2 text=bye
            kind=reply rpc=Publish outcome=OK lamport=21 clock=22 sequence=2
            kind=receive rpc=Broadcast event=published lamport=21 clock=23 from=alice sent=20 text=bye
            kind=send rpc=Publish clock=24 sequence=3 text=
            kind=reply rpc=Publish outcome=INVALID_ARGUMENT reason=TEXT_BLANK clock=24 sequence=3
            kind=send rpc=Leave clock=25
            kind=reply rpc=Leave outcome=OK lamport=26 clock=27
            kind=end rpc=Broadcast outcome=OK clock=27
            """;

    private static final String BOB = """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=6 clock=7
            kind=send rpc=Broadcast clock=8 after=0
            kind=receive rpc=Broadcast event=joined lamport=6 clock=9 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            kind=receive rpc=Broadcast event=caught_up lamport=9 clock=10
            kind=receive rpc=Broadcast event=joined lamport=10 clock=11 from=carol sent=1 text="Participant carol joined Chitty-Chat at Lamport time 10"
            kind=receive rpc=Broadcast event=published lamport=14 clock=15 from=alice sent=12 text=hi
            kind=send rpc=Leave clock=16
            kind=reply rpc=Leave outcome=OK lamport=17 clock=18
            kind=end rpc=Broadcast outcome=OK clock=18
            """;

    private static final String CAROL = """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=10 clock=11
            kind=send rpc=Broadcast clock=12 after=0
            kind=receive rpc=Broadcast event=joined lamport=10 clock=13 from=carol sent=1 text="Participant carol joined Chitty-Chat at Lamport time 10"
            kind=receive rpc=Broadcast event=caught_up lamport=13 clock=14
            kind=receive rpc=Broadcast event=published lamport=14 clock=15 from=alice sent=12 text=hi
            kind=receive rpc=Broadcast event=left lamport=17 clock=18 from=bob sent=16 text="Participant bob left Chitty-Chat at Lamport time 17"
            """;

    private final Map<String, String> logs = new TreeMap<>();

    SampleConversation() {
        this(Map.of("alice", ALICE, "bob", BOB, "carol", CAROL));
    }

    /** Another conversation; in it, too, carol is killed and the others leave. */
    SampleConversation(Map<String, String> conversation) {
        conversation.forEach((name, lines) -> logs.put(name, prefixed(name, lines)));
    }

    private static String prefixed(String name, String lines) {
        return lines.replace("kind=", "time=2026-11-21T10:50:39.123Z participant=" + name + " kind=");
    }

    /** Changes a log as a whole. */
    SampleConversation spoil(String name, UnaryOperator<String> change) {
        logs.computeIfPresent(name, (same, log) -> change.apply(log));
        return this;
    }

    /** Replaces what must be in a log, so that a test cannot spoil nothing. */
    SampleConversation replace(String name, String old, String changed) {
        return spoil(name, log -> {
            if (!log.contains(old)) {
                throw new IllegalArgumentException(old + " is not in the log of " + name);
            }
            return log.replace(old, changed);
        });
    }

    /** Removes the lines that hold a text. */
    SampleConversation without(String name, String inLine) {
        return replace(name, inLine, inLine + "#")
                .spoil(
                        name,
                        log -> log.lines()
                                .filter(line -> !line.contains(inLine + "#"))
                                .map(line -> line + "\n")
                                .reduce("", String::concat));
    }

    /** Adds a line at the end of a log. */
    SampleConversation append(String name, String line) {
        return spoil(name, log -> log + prefixed(name, line) + "\n");
    }

    RequirementVerdict check(Requirement requirement) {
        return check().stream()
                .filter(verdict -> verdict.requirement() == requirement)
                .findFirst()
                .orElseThrow();
    }

    List<RequirementVerdict> check() {
        return result().verdicts();
    }

    TraceResult result() {
        Map<String, RotatedLog> files = new LinkedHashMap<>();
        Map<String, KnownEnd> ends = new LinkedHashMap<>();
        logs.keySet().forEach(name -> {
            Path file = Path.of(name + ".log");
            files.put(name, new RotatedLog(file, List.of(file)));
            ends.put(name, name.equals("carol") ? KnownEnd.KILLED : KnownEnd.LEFT);
        });
        LogSet set = new LogSet(files, List.of(), Optional.of(ends), this::open);
        return SideBySide.check(set, TraceListener.NONE, 100);
    }

    private InputStream open(Path file) {
        String name = file.toString().replace(".log", "");
        return new ByteArrayInputStream(logs.getOrDefault(name, "").getBytes(UTF_8));
    }
}
