package io.chittychat.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a service on two nodes, of which one is killed: bob goes to the other one and repeats what he said. */
class NodesTraceTest {

    /** Each line begins with the second of its time. */
    private static final String ALICE = """
            01 kind=send rpc=Join clock=1
            01 kind=reply rpc=Join outcome=OK lamport=2 clock=3 epoch=one
            01 kind=send rpc=Broadcast clock=4 after=0
            01 kind=receive rpc=Broadcast event=joined lamport=2 clock=5 from=alice sent=1 text="Participant alice joined Chitty-Chat at Lamport time 2"
            02 kind=receive rpc=Broadcast event=joined lamport=6 clock=7 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            03 kind=receive rpc=Broadcast event=published lamport=10 clock=11 from=bob sent=8 text=hi
            06 kind=receive rpc=Broadcast event=left lamport=16 clock=17 from=bob sent=0 text="Participant bob left Chitty-Chat at Lamport time 16"
            07 kind=send rpc=Leave clock=18
            07 kind=reply rpc=Leave outcome=OK lamport=19 clock=20
            """;

    private static final String BOB = """
            02 kind=send rpc=Join clock=1
            02 kind=reply rpc=Join outcome=OK lamport=6 clock=7 epoch=one
            03 kind=send rpc=Publish clock=8 sequence=1 text=hi
            05 kind=reply rpc=Publish outcome=UNAVAILABLE clock=8 sequence=1
            05 kind=send rpc=Publish clock=9 sequence=1 text=hi
            05 kind=reply rpc=Publish outcome=OK lamport=10 clock=11 sequence=1
            05 kind=send rpc=Broadcast clock=12 after=0
            05 kind=receive rpc=Broadcast event=joined lamport=6 clock=13 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            05 kind=receive rpc=Broadcast event=published lamport=10 clock=14 from=bob sent=8 text=hi
            05 kind=receive rpc=Broadcast event=caught_up lamport=13 clock=15
            """;

    private static final String FIRST = """
            00 event=started epoch=one lamport_out=0
            01 rpc=Join participant=alice lamport_in=1 lamport_out=2 outcome=OK
            01 rpc=Broadcast participant=alice lamport_in=4 lamport_out=5 outcome=OK
            05 rpc=Publish participant=bob lamport_in=9 lamport_out=10 outcome=OK
            05 rpc=Broadcast participant=bob lamport_in=12 lamport_out=13 outcome=OK
            06 event=left participant=bob lamport_out=16 cause=expired
            07 rpc=Leave participant=alice lamport_in=18 lamport_out=19 outcome=OK
            """;

    /** Its answer to the publish died with it; after its next start it has nobody, but sees that bob's session expires. */
    private static final String SECOND = """
            00 event=started epoch=one lamport_out=0
            02 rpc=Join participant=bob lamport_in=1 lamport_out=6 outcome=OK
            05 event=started epoch=one lamport_out=10
            06 event=left participant=bob lamport_out=16 cause=expired
            """;

    private static final String PROCESSES = """
            00 event=started process="node 2" pid=7
            02 event=started process=bob pid=8
            04 event=killed process="node 2" pid=7
            05 event=started process="node 2" pid=9
            06 event=killed process=bob pid=8
            """;

    @TempDir
    private Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void writeLogs() throws IOException {
        write("participant-alice.log", ALICE, "participant=alice ");
        write("participant-bob.log", BOB, "participant=bob ");
        write("node-1.out", FIRST, "level=INFO ");
        write("node-2.out", SECOND, "level=INFO ");
        write("processes.logfmt", PROCESSES, "");
    }

    private void write(String name, String lines, String more) throws IOException {
        Files.writeString(
                dir.resolve(name), lines.replaceAll("(?m)^(\\d\\d) ", "time=2026-11-21T10:50:$1.500Z " + more));
    }

    private int trace(Object... arguments) {
        PrintStream stream = new PrintStream(out, true, UTF_8);
        return TraceCommand.run(Stream.of(arguments).map(Object::toString).toList(), stream, stream);
    }

    private String said() {
        return out.toString(UTF_8);
    }

    @Test
    void logsOfNodesTogetherAreTheServices() {
        assertThat(trace(dir)).as(said()).isZero();
        assertThat(said())
                .contains("in the logs of alice, bob and 2 nodes of the service.", "Everything holds.")
                .containsPattern("service .* 8 steps +holds");
    }

    @Test
    void nodeThatSaysSomethingElseIsFound() throws IOException {
        write(
                "node-2.out",
                SECOND.replace("event=left participant=bob", "event=left participant=alice"),
                "level=INFO ");

        assertThat(trace(dir)).isEqualTo(1);
        assertThat(said())
                .contains("node-2.out:4", "the service's log has the end of the session of alice at Lamport time 16");
    }

    @Test
    void repetitionIsNoFaultWithoutTheParticipantsLogs() throws IOException {
        write(
                "node-1.out",
                FIRST.replace("lamport_in=9 lamport_out=10", "lamport_in=11 lamport_out=10"),
                "level=INFO ");

        assertThat(trace(dir.resolve("node-1.out"), dir.resolve("node-2.out")))
                .as(said())
                .isZero();
    }

    @Test
    void missingLogOfANodeIsSupposed() throws IOException {
        Files.delete(dir.resolve("node-2.out"));
        assertThat(trace(dir)).isEqualTo(1);
        assertThat(said()).contains("the log of the service has no line for").contains("of Lamport time 6");

        out.reset();
        write("node-2.out", """
                00 event=started epoch=one lamport_out=0
                01 rpc=Join participant=alice lamport_in=1 lamport_out=2 outcome=OK
                06 event=left participant=bob lamport_out=16 cause=expired
                """, "level=INFO ");
        assertThat(trace(dir)).isEqualTo(1);
        assertThat(said()).contains("no log of a node has a line for").contains("of Lamport time 6; is the");
    }

    @Test
    void drawingsShowWhoIsWhereAndWhoDied() {
        Path picture = dir.resolve("chat.svg");
        Path data = dir.resolve("chat.json");
        Path sequence = dir.resolve("chat.puml");

        assertThat(trace(dir, "--svg", picture, "--json", data, "--plantuml", sequence))
                .as(said())
                .isZero();
        assertThat(picture)
                .content()
                .contains("in the chat at node-1", "bob listens at node-1")
                .containsSubsequence(">node 2 is killed<", ">node 2 starts again<")
                .doesNotContain("bob is killed");
        assertThat(data)
                .content()
                .containsPattern("\"after\" : 6,\\s+\"what\" : \"node 2 is killed\"")
                .containsPattern("\"time\" : 13,\\s+\"node\" : \"node-1\"");
        assertThat(sequence).content().contains("== node 2 is killed ==");
    }
}
