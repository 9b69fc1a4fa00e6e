package io.chittychat.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that is longer than the memory is traced all the same. */
@Timeout(60)
class LongLogIT {

    private static final int MESSAGES = 60_000;
    private static final String HEAD = "time=2026-11-21T10:50:39.123Z participant=alice kind=";

    @TempDir
    private Path dir;

    @Test
    void logLongerThanTheMemoryIsTraced() throws IOException, InterruptedException {
        Path log = dir.resolve("participant-alice.log");
        write(log);
        Path output = dir.resolve("trace.out");

        Process trace = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx12m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TraceCommand.class.getName(),
                        log.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = trace.waitFor();

        assertThat(Files.size(log)).isGreaterThan(12 << 20);
        assertThat(output)
                .content()
                .contains("60,001 events", "Everything in these logs holds; there was no log of the service.");
        assertThat(exitCode).isZero();
    }

    private static void write(Path log) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(log, UTF_8))) {
            out.println(HEAD + "send rpc=Join clock=1");
            out.println(HEAD + "reply rpc=Join outcome=OK lamport=2 clock=3");
            out.println(HEAD + "send rpc=Broadcast clock=4 after=0");
            out.println(HEAD + "receive rpc=Broadcast event=joined lamport=2 clock=5 from=alice sent=1"
                    + " text=\"Participant alice joined Chitty-Chat at Lamport time 2\"");
            long clock = 5;
            for (int i = 1; i <= MESSAGES; i++) {
                out.println(
                        HEAD + "send rpc=Publish clock=" + ++clock + " sequence=" + i + " text=\"message " + i + "\"");
                long sent = clock;
                long lamport = clock + 1;
                clock = lamport + 1;
                out.println(HEAD + "reply rpc=Publish outcome=OK lamport=" + lamport + " clock=" + clock + " sequence="
                        + i);
                out.println(HEAD + "receive rpc=Broadcast event=published lamport=" + lamport + " clock=" + ++clock
                        + " from=alice sent=" + sent + " text=\"message " + i + "\"");
            }
        }
    }
}
